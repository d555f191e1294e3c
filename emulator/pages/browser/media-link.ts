import { backOffMs } from '../common/back-off.ts';
import { endSession, OfferError, postOffer } from './post-offer.ts';

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** It has broken, and is made again after a while. */
  | { readonly kind: 'waiting'; readonly problem: string; readonly delayMs: number }
  /** It is not made again. */
  | { readonly kind: 'refused'; readonly problem: string };

export interface LinkOptions {
  /** Path of the WHIP or WHEP endpoint, with its query; asked for before each attempt. */
  readonly path: () => string;
  /** Puts into a new connection what it is for. */
  readonly prepare: (peer: RTCPeerConnection) => void;
  readonly onState: (state: LinkState) => void;
  /** Whether a refusal is final; default: any that is not about the server being away or busy. */
  readonly isFinal?: (status: number) => boolean;
  /** Asked before it is made again; a sentence where that is of no use. */
  readonly whyNotAgain?: () => string | undefined;
}

/** A connection that says it is disconnected often is back by itself within so long. */
const disconnectedMs = 4000;
/** Without a packet for so long, it has broken without knowing; only where packets are to come. */
const silenceMs = 6000;
const watchEveryMs = 2000;

/** A connection for media by WHIP or WHEP that is made again, with more and more patience, when it breaks. */
export class MediaLink {
  readonly #options: LinkOptions;
  readonly #abort = new AbortController();
  #peer: RTCPeerConnection | undefined;
  #session: string | undefined;
  #lastSessionId = '';
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get peer(): RTCPeerConnection | undefined {
    return this.#peer;
  }

  /** Id of the session that was made last; empty before the first. */
  get lastSessionId(): string {
    return this.#lastSessionId;
  }

  /** Begins, or begins anew at once. */
  start(): void {
    clearTimeout(this.#timer);
    this.#drop();
    void this.#connect();
  }

  /** Ends it here and on the server; also while the page is being left. Idempotent. */
  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#drop();
  }

  async #connect(): Promise<void> {
    if (this.#abort.signal.aborted) return;
    this.#options.onState({ kind: 'connecting' });
    const peer = new RTCPeerConnection();
    this.#peer = peer;
    try {
      this.#options.prepare(peer);
      peer.addEventListener('connectionstatechange', () => this.#onConnection(peer));
      const session = await postOffer(this.#options.path(), peer, this.#abort.signal);
      if (this.#peer !== peer) return void endSession(session);
      this.#session = session;
      this.#lastSessionId = session.slice(session.lastIndexOf('/') + 1);
    } catch (error) {
      if (this.#peer === peer) this.#failed(error);
    }
  }

  #onConnection(peer: RTCPeerConnection): void {
    if (this.#peer !== peer) return;
    clearTimeout(this.#timer);
    switch (peer.connectionState) {
      case 'connected':
        this.#attempt = 0;
        this.#options.onState({ kind: 'connected' });
        this.#watchPackets(peer);
        break;
      case 'disconnected':
        this.#timer = setTimeout(() => this.#broken(), disconnectedMs);
        break;
      case 'failed':
      case 'closed':
        this.#broken();
        break;
    }
  }

  /** A server that was ended by force says nothing: then nothing comes any more. */
  #watchPackets(peer: RTCPeerConnection): void {
    const receives = peer.getTransceivers().some(({ currentDirection }) => currentDirection === 'recvonly');
    if (!receives || this.#watch !== undefined) return;
    let packets = -1;
    let movedAtMs = performance.now();
    this.#watch = setInterval(async () => {
      const reports = [...(await peer.getStats()).values()];
      if (this.#peer !== peer) return;
      const received = reports
        .filter(({ type }) => type === 'inbound-rtp')
        .reduce((sum, report) => sum + (report.packetsReceived ?? 0), 0);
      const nowMs = performance.now();
      if (received !== packets) movedAtMs = nowMs;
      packets = received;
      if (nowMs - movedAtMs > silenceMs) this.#broken();
    }, watchEveryMs);
  }

  #broken(): void {
    this.#failed(new OfferError(0, 'The connection has broken.'));
  }

  #failed(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#drop();
    const { status, message } =
      error instanceof OfferError ? error : new OfferError(0, 'This browser cannot make the connection.');
    const isFinal = this.#options.isFinal ?? isFinalStatus;
    const whyNot = this.#options.whyNotAgain?.();
    if (isFinal(status) || whyNot !== undefined) {
      this.#options.onState({ kind: 'refused', problem: whyNot ?? message });
      return;
    }
    this.#attempt += 1;
    const delayMs = backOffMs(this.#attempt);
    this.#options.onState({ kind: 'waiting', problem: message, delayMs });
    this.#timer = setTimeout(() => void this.#connect(), delayMs);
  }

  #drop(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
    const [peer, session] = [this.#peer, this.#session];
    this.#peer = undefined;
    this.#session = undefined;
    if (session === undefined) peer?.close();
    // A connection that closes first ends the session, too, and there would be nothing left to delete.
    else void Promise.race([endSession(session), goodbye()]).then(() => peer?.close());
  }
}

/** So long a server that does not answer any more can keep a connection open. */
function goodbye(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}

function isFinalStatus(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
