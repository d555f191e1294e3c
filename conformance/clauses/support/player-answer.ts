import { readAnswer } from '../../bots/webrtc/answer.ts';
import { type OfferDescription, writeOffer } from '../../bots/webrtc/offer.ts';
import { encodePath } from '../../http/api-client.ts';
import type { Exchange } from '../../http/exchange.ts';
import type { RunContext } from '../../run/context.ts';

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

async function answerTo(
  { api, target }: RunContext,
  stream: string,
  endpoint: 'whip' | 'whep',
): Promise<Exchange> {
  const answer = await api.request(`/${encodePath(stream)}/${endpoint}`, {
    method: 'POST',
    body: endpoint === 'whip' ? publisherOffer : playerOffer,
    headers: { 'content-type': 'application/sdp' },
    anonymous: true,
  });
  const { location } = answer.evidence.responseHeaders;
  if (location !== undefined && URL.canParse(location, answer.evidence.url)) {
    const { origin, pathname, search } = new URL(location, answer.evidence.url);
    // The server forgets it by itself where this fails, since nobody ever connects. Nobody else is asked.
    if (origin === new URL(target.url).origin) {
      await api.request(pathname + search, { method: 'DELETE', anonymous: true }).catch(() => {});
    }
  }
  return answer;
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
