import { readAnswer } from '../bots/webrtc/answer.ts';
import { type OfferDescription, writeOffer } from '../bots/webrtc/offer.ts';
import { encodePath } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RunContext } from '../run/context.ts';

/** Of a client that never connects: only the answer is looked at. It offers Opus and H.264. */
const offered: Omit<OfferDescription, 'direction'> = {
  video: true,
  iceUfrag: 'look',
  icePwd: 'at-the-answer-and-hang-up',
  candidates: [],
  fingerprint: Array(32).fill('00').join(':'),
  cname: 'player',
  audioSsrc: 1,
  videoSsrc: 2,
};

/** Offers to publish sound and picture. */
export const publisherOffer = writeOffer({ ...offered, direction: 'sendonly' });

const playerOffer = writeOffer({ ...offered, direction: 'recvonly' });

/** Offers sound and picture to a stream, as every official player does, and ends the session at once. */
export function answerToPlayer(context: RunContext, stream: string): Promise<Exchange> {
  return answerTo(context, stream, 'whep');
}

/** Offers to publish sound and picture as a stream, and ends the session at once. */
export function answerToPublisher(context: RunContext, stream: string): Promise<Exchange> {
  return answerTo(context, stream, 'whip');
}

/** A session that was opened and ended: what was answered. */
export interface OpenedAndEnded {
  readonly created: Exchange;
  /** The answers to two DELETEs of the session’s address; missing where it has none on this server. */
  readonly first?: Exchange;
  readonly second?: Exchange;
}

/**
 * Opens a session that never connects, and ends it twice.
 * @param headers sent with the offer
 */
export async function openAndEnd(
  context: RunContext,
  stream: string,
  endpoint: 'whip' | 'whep',
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenedAndEnded> {
  const created = await post(context, stream, endpoint, headers);
  const path = sessionPath(context, created);
  if (path === undefined) return { created };
  const end = () => context.api.request(path, { method: 'DELETE', anonymous: true });
  return { created, first: await end(), second: await end() };
}

async function answerTo(context: RunContext, stream: string, endpoint: 'whip' | 'whep'): Promise<Exchange> {
  const answer = await post(context, stream, endpoint);
  const path = sessionPath(context, answer);
  // The server forgets it by itself where this fails, since nobody ever connects.
  if (path !== undefined) {
    await context.api.request(path, { method: 'DELETE', anonymous: true }).catch(() => {});
  }
  return answer;
}

/** @throws NotApplicableError where the run is not made over WHIP and WHEP */
async function post(
  context: RunContext,
  stream: string,
  endpoint: 'whip' | 'whep',
  headers: Readonly<Record<string, string>> = {},
): Promise<Exchange> {
  context.requireWhip();
  return context.api.request(`/${encodePath(stream)}/${endpoint}`, {
    method: 'POST',
    body: endpoint === 'whip' ? publisherOffer : playerOffer,
    headers: { 'content-type': 'application/sdp', ...headers },
    anonymous: true,
  });
}

/** Where the session lives; undefined where nothing is said, or another server is named: nobody else is asked. */
function sessionPath({ target }: RunContext, { evidence }: Exchange): string | undefined {
  const { location } = evidence.responseHeaders;
  if (location === undefined || !URL.canParse(location, evidence.url)) return undefined;
  const { origin, pathname, search } = new URL(location, evidence.url);
  return origin === new URL(target.url).origin ? pathname + search : undefined;
}

/** Which way the lines of an answer go, or why that cannot be said: `audio sendonly, video refused`. */
export function answeredLines(sdp: string): string {
  try {
    const { audio = 'refused', video = 'refused' } = readAnswer(sdp);
    return `audio ${audio}, video ${video}`;
  } catch (error) {
    return (error as Error).message;
  }
}
