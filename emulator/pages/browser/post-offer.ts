import { answerProblem, parse } from './run-command.ts';
import { serverUrl } from './server-url.ts';

/** A server that does not take an offer; the message is a sentence for the user. */
export class OfferError extends Error {
  override readonly name = 'OfferError';
  /** 0 where no answer came. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Offers by WHIP or WHEP and takes the answer (RFC 9725 §4.2). All candidates are the server's.
 * @param path of the endpoint, with its query
 * @returns the URL of the session, with which it is ended
 * @throws OfferError
 */
export async function postOffer(path: string, peer: RTCPeerConnection, signal: AbortSignal): Promise<string> {
  await peer.setLocalDescription();
  const response = await fetch(serverUrl(path), {
    method: 'POST',
    headers: { 'content-type': 'application/sdp' },
    body: peer.localDescription!.sdp,
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new OfferError(0, 'The server cannot be reached.');
  });
  const text = await response.text();
  if (response.status !== 201) {
    const { status } = response;
    if (status === 401)
      throw new OfferError(status, 'The stream has a password: leave, and join again with it.');
    throw new OfferError(status, answerProblem({ status, json: parse(text) }));
  }
  const session = new URL(response.headers.get('location') ?? '', response.url).href;
  try {
    signal.throwIfAborted();
    await peer.setRemoteDescription({ type: 'answer', sdp: text });
  } catch (error) {
    // Left in the meantime, or of no use here: the server is told, for nobody else can.
    void endSession(session);
    throw error;
  }
  return session;
}

/** Ends a session on the server; also while the page is being left. Never throws. */
export async function endSession(url: string): Promise<void> {
  await fetch(url, { method: 'DELETE', keepalive: true }).catch(() => {});
}
