import { writeOffer } from '../../bots/webrtc/offer.ts';
import { encodePath } from '../../http/api-client.ts';
import type { Exchange } from '../../http/exchange.ts';
import type { RunContext } from '../../run/context.ts';

/** Of a player that never connects: only the answer is looked at. */
const offer = writeOffer({
  direction: 'recvonly',
  video: true,
  iceUfrag: 'look',
  icePwd: 'at-the-answer-and-hang-up',
  candidates: [],
  fingerprint: Array(32).fill('00').join(':'),
  cname: 'player',
  audioSsrc: 1,
  videoSsrc: 2,
});

/** Offers sound and picture to a stream, as every official player does, and ends the session at once. */
export async function answerToPlayer({ api, target }: RunContext, stream: string): Promise<Exchange> {
  const answer = await api.request(`/${encodePath(stream)}/whep`, {
    method: 'POST',
    body: offer,
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
