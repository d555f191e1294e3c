import { type Click, findClicks } from '../analysis/clicks.ts';
import { between } from '../bots/recording.ts';
import { type Clause, judge, observed } from '../run/clause.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { type Change, type RoomChanges, roomChanges } from '../scenarios/room-changes.ts';

/** A click of one change, in one track. */
interface HeardClick extends Click {
  readonly change: Change;
  readonly track: string;
}

/** Who changes nothing and listens all the time. */
const listened = ['all', 'alice'];
/** For so long after it has been answered, a change is still being heard. */
const settleNs = 400_000_000n;

/** The clicks of every change: from the moment it was asked for until it has settled. */
function clicksOf({ tracks, parts }: RoomChanges): HeardClick[] {
  const inOrder = [...parts.entries()];
  return inOrder.slice(1).flatMap(([change, { fromNs }], i) => {
    const [, before] = inOrder[i]!;
    return tracks
      .filter(({ label }) => listened.includes(label))
      .flatMap(({ label, recording }) =>
        findClicks(between(recording, before.toNs, fromNs + settleNs)).map((click) => ({
          ...click,
          change,
          track: label,
        })),
      );
  });
}

/** How softly members come and go. */
export const clickClauses: readonly Clause[] = [
  {
    id: 'audio.clicks',
    title: 'nobody comes, is muted, or goes with a click',
    level: 'undocumented',
    source: 'participants can be added and removed while the chat runs; nothing is said about clicks',
    requirement: 'Clicks in the sound of others when one joins, is muted, unmuted, leaves and returns.',
    statements: ['page.intro.add-while-running', 'page.intro.remove-while-running'],
    needs: ['whip', 'whep'],
    async run(context) {
      const changes = await context.use(roomChanges);
      const clicks = clicksOf(changes);
      const where = clicks.map(
        ({ change, track, excessDb }) => `part “${change}” in ${track}, ${excessDb.toFixed(0)} dB`,
      );
      const actual = where.length === 0 ? 'no click' : where.join('; ');
      if (context.target.bars === undefined) return observed(actual);
      const outcome = judge(clicks.length === 0, { expected: 'no click', actual });
      return unlessBusy(outcome, changes.latenessMs, maxStallMs);
    },
  },
];
