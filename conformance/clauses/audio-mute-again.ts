import { levelsOf, type ToneLevel } from '../analysis/tone-levels.ts';
import { waitForSound } from '../bots/collect.ts';
import { apartToneBotCount, toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import { type Clause, judge, observed } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { db, heardDb, notHeardDb } from '../scenarios/heard-matrix.ts';
import { type ListenersRecording, recordListeners } from '../scenarios/record-listeners.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';

/** What is heard of alice and bob. */
interface PublishedAgain extends Pick<ListenersRecording, 'latenessMs'> {
  readonly levels: readonly ToneLevel[];
}

/** What is heard in `all` after a muted member has published again, without a goodbye in between. */
const publishedAgain: Scenario<PublishedAgain> = {
  name: 'who is muted publishes again',
  play: (context) =>
    SuiteRoom.use(context, 'mute-again', async (room) => {
      const [alice, bob] = ['alice', 'bob'].map((label, i) =>
        toneClip(label, toneSignature(context.pick(i, apartToneBotCount)), quietDbfs),
      );
      await room.join('alice', alice!.clip);
      const { stream } = await room.join('bob', bob!.clip);
      const listener = await room.listenToAll();
      await waitForSound([listener], 0.5);
      await room.command('mute-audio', [stream]);
      await room.publish(stream, bob!.clip);
      await waitForSound([listener], 1.2);
      const { recordings, latenessMs } = await recordListeners(context, [listener], 1.2);
      return { levels: levelsOf(recordings[0]!.pcm, [alice!.sent, bob!.sent]), latenessMs };
    }),
};

/** What lasts of a mute. */
export const muteAgainClauses: readonly Clause[] = [
  {
    id: 'audio.mute.publishes-again',
    title: 'who is muted and publishes again',
    level: 'undocumented',
    source: 'Configuration and usage, step 3; nothing is said of publishers that come back',
    requirement: 'Whether a participant who was muted and then publishes anew is still muted.',
    statements: ['page.room.mute-audio'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { levels, latenessMs } = await context.use(publishedAgain);
      const [alice, bob] = levels;
      const state = bob!.gainDb <= notHeardDb ? 'still muted' : 'heard';
      const actual = `${state}: bob in all at ${db(bob!.gainDb)}, alice at ${db(alice!.gainDb)}`;
      if (context.target.bars === undefined) return observed(actual);
      const isMuted = bob!.gainDb <= notHeardDb;
      const outcome = judge(isMuted && alice!.gainDb >= heardDb, {
        expected: `bob at ${db(notHeardDb)} or less, alice at ${db(heardDb)} or more`,
        actual,
      });
      return isMuted ? unlessBusy(outcome, latenessMs, maxStallMs) : outcome;
    },
  },
];
