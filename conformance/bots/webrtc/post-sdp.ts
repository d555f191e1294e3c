import { BotHttpError, type BotRequest, requestPatiently, withoutPassword } from './http-request.ts';
import type { StreamAddress } from './session.ts';

/** A session that a server opened. */
export interface PostedSession {
  readonly answer: string;
  /** Absolute URL of the session, from `Location`; missing where the server gave none. */
  readonly location: string | undefined;
  /** `X-Sid`, Flussonic's name of the session; missing where the server gave none. */
  readonly sid: string | undefined;
  /** The URL that took the offer, after redirects. */
  readonly url: string;
}

/**
 * Posts an SDP offer (RFC 9725 §4.2, the same for WHEP).
 *
 * @throws BotHttpError for any status but 201: official clients ignore everything else
 */
export async function postSdp(offer: string, options: StreamAddress): Promise<PostedSession> {
  const response = await requestPatiently({
    ...shared(options),
    method: 'POST',
    url: options.url,
    headers: { ...options.headers, 'content-type': 'application/sdp', accept: 'application/sdp' },
    body: offer,
  });
  if (response.status !== 201) throw new BotHttpError(`POST ${withoutPassword(options.url)}`, response);
  const { location } = response.headers;
  return {
    answer: response.body,
    location: location === undefined ? undefined : new URL(location, response.url).href,
    sid: response.headers['x-sid'],
    url: response.url,
  };
}

/**
 * Ends a session by DELETE of its location (RFC 9725 §4.2); one that is gone already counts as ended.
 *
 * @throws BotHttpError for other errors
 */
export async function deleteSession(location: string, options: Omit<StreamAddress, 'url'>): Promise<void> {
  const response = await requestPatiently({
    ...shared(options),
    method: 'DELETE',
    url: location,
    headers: { ...options.headers },
  });
  const gone = response.status === 404 || response.status === 410;
  if (!isSuccess(response.status) && !gone)
    throw new BotHttpError(`DELETE ${withoutPassword(location)}`, response);
}

/**
 * Asks for other tracks of a running session, as the official player does: `PUT
 * STREAM/sessions/SID/request_tracks`.
 *
 * @param url the one that took the offer, `…/STREAM/whep`
 * @returns the HTTP status, whatever it is: what a refusal means is for the caller to judge
 */
export async function putTracks(
  url: string,
  sid: string,
  tracks: readonly string[],
  options: Omit<StreamAddress, 'url'>,
): Promise<number> {
  const target = new URL(url);
  target.pathname = target.pathname.replace(
    /\/whep\/?$/,
    `/sessions/${encodeURIComponent(sid)}/request_tracks`,
  );
  target.search = '';
  const response = await requestPatiently({
    ...shared(options),
    method: 'PUT',
    url: target.href,
    headers: { ...options.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ tracks }),
  });
  return response.status;
}

function shared({
  insecure,
  transcript,
}: Omit<StreamAddress, 'url'>): Pick<BotRequest, 'insecure' | 'transcript'> {
  return { ...(insecure !== undefined && { insecure }), ...(transcript !== undefined && { transcript }) };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
