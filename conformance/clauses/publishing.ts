import { levelsOf } from '../analysis/tone-levels.ts';
import { waitForSound } from '../bots/collect.ts';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { Clause } from '../run/clause.ts';
import { judge } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { db, heardDb, notHeardDb } from '../scenarios/heard-matrix.ts';
import { answeredLines, answerToPublisher } from '../scenarios/player-answer.ts';
import { type ListenersRecording, recordListeners } from '../scenarios/record-listeners.ts';
import { refusalOf } from '../scenarios/refusal.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';
import { answerText, isSuccess } from '../scenarios/text.ts';

/** What came of two publishers of one stream. */
interface Takeover extends Pick<ListenersRecording, 'latenessMs'> {
  readonly oldDb: number;
  readonly newDb: number;
  /** Of the older publisher. */
  readonly sessionId: string | undefined;
  /** Why the newer publisher was not taken. */
  readonly refusal: string | undefined;
}

/** Two publishers of one stream, one after the other, without a goodbye in between. */
const takeover: Scenario<Takeover> = {
  name: 'a publisher who comes back',
  play: (context) =>
    SuiteRoom.use(context, 'takeover', async (room) => {
      const before = toneClip('before', toneSignature(8), quietDbfs);
      const after = toneClip('after', toneSignature(9), quietDbfs);
      const alice = await room.join('alice', before.clip);
      const listener = await room.listenToAll();
      await waitForSound([listener], 1);
      // Media gets through: the first publisher is heard.
      const refusal = await refusalOf(room.publish(alice.stream, after.clip));
      await waitForSound([listener], 1.2);
      const { recordings, latenessMs } = await recordListeners(context, [listener], 1.2);
      const [old, recent] = levelsOf(recordings[0]!.pcm, [before.sent, after.sent]);
      const { sessionId } = alice.publisher;
      return { oldDb: old!.gainDb, newDb: recent!.gainDb, sessionId, refusal, latenessMs };
    }),
};

/** How members publish. */
export const publishingClauses: readonly Clause[] = [
  {
    id: 'publish.codecs',
    title: 'a participant may publish H.264 and Opus',
    level: 'documented',
    source: 'introduction, on the characteristics of publications',
    requirement: 'An offer of H.264 and Opus is answered with both, whether or not the room has a picture.',
    statements: ['page.intro.h264', 'page.intro.opus', 'page.intro.webrtc-publish'],
    needs: ['whip'],
    run: (context) =>
      SuiteRoom.use(context, 'codecs', async (room) => {
        const { stream } = await room.add('alice');
        const answer = await answerToPublisher(context, stream);
        const lines = isSuccess(answer) ? answeredLines(answer.body) : answerText(answer);
        return judge(lines === 'audio recvonly, video recvonly', {
          expected: '201; audio recvonly, video recvonly',
          actual: lines,
          evidence: [answer.evidence],
        });
      }),
  },
  {
    id: 'publish.session-id',
    title: 'a publish session has an id',
    level: 'client-required',
    source: 'official client 24.7.1: X-Sid of the answer to WHIP',
    requirement: 'The answer to WHIP carries the session’s id in X-Sid.',
    statements: ['client.session-id'],
    needs: ['whip', 'whep'],
    async run(context) {
      context.requireWhip();
      const { sessionId } = await context.use(takeover);
      return judge(sessionId !== undefined && sessionId !== '', {
        expected: 'an X-Sid header',
        actual: sessionId === undefined ? 'none' : `X-Sid: ${sessionId}`,
      });
    },
  },
  {
    id: 'publish.newer-wins',
    title: 'a newer publisher of the same stream takes over',
    level: 'client-required',
    source: 'official client 24.7.1: restart() publishes over a session that is half dead',
    requirement: 'When a stream is published again, the newer publisher is heard and the older one is not.',
    statements: ['client.restart'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { oldDb, newDb, refusal, latenessMs } = await context.use(takeover);
      const levels = `the newer at ${db(newDb)}, the older at ${db(oldDb)}`;
      const isGone = oldDb <= notHeardDb;
      const outcome = judge(newDb >= heardDb && isGone, {
        expected: `the newer at ${db(heardDb)} or more, the older at ${db(notHeardDb)} or less`,
        actual: refusal === undefined ? levels : `${refusal}; ${levels}`,
      });
      return isGone && refusal === undefined ? unlessBusy(outcome, latenessMs, maxStallMs) : outcome;
    },
  },
];
