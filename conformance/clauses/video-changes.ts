import { peakToneDbfs } from '../analysis/tone-onsets.ts';
import { beepLevelDbfs, beepOf } from '../bots/picture-clip.ts';
import { between } from '../bots/recording.ts';
import { compareCells } from '../picture/compare-cells.ts';
import { evidenceTriple } from '../picture/evidence.ts';
import { longestStandstillMs } from '../picture/frame-times.ts';
import { type Clause, judge, observed } from '../run/clause.ts';
import { unlessLate } from '../scenarios/busy.ts';
import type { PictureChanges } from '../scenarios/picture-changes.ts';
import { framesOf } from '../scenarios/picture-reading/frames-of.ts';
import {
  canvasEvidence,
  changesClause,
  during,
  percent,
  shareWith,
  transitionMs,
} from '../scenarios/picture-verdicts.ts';

/** A beep that is softer was not heard. */
const audibleDbfs = beepLevelDbfs - 30;

const stepThree = 'Configuration and usage, step 3';

/** The picture while others come, are muted, and go. */
export const videoChangeClauses: readonly Clause[] = [
  changesClause(
    {
      id: 'video.same-for-everybody',
      title: 'every viewer has the same picture',
      level: 'documented',
      source: 'introduction, on the grid in a shared graphic buffer',
      requirement: 'The grid is made once for all, in one buffer: two viewers see the same picture.',
      statements: ['page.grid.shared', 'page.grid.single-frame'],
    },
    (changes) => {
      const { left: one } = changes.canvases;
      const other = changes.canvasOfSecond;
      if (
        one === undefined ||
        other === undefined ||
        one.width !== other.width ||
        one.height !== other.height
      ) {
        const outcome = judge(false, {
          expected: 'a picture of the same size for both viewers',
          actual: `${one?.width}x${one?.height} and ${other?.width}x${other?.height}`,
        });
        return unlessLate(outcome, changes);
      }
      const seen =
        changes.first.canvases.findLast(({ arrivalMs }) => arrivalMs <= changes.moments.end)?.cells.length ??
        0;
      const whole = { x: 0, y: 0, width: one.width, height: one.height };
      const comparison = compareCells(other, one, [whole]);
      const share = comparison.cellShares[0]!;
      const { expected, actual, difference } = evidenceTriple(comparison);
      const shown = { 'viewer 1': expected, 'viewer 2': actual, difference };
      const evidence = [
        {
          type: 'pictures' as const,
          title: 'At the same moment',
          pictures: Object.entries(shown).map(([label, png]) => ({
            label,
            pngBase64: png.toString('base64'),
          })),
        },
      ];
      const outcome = judge(share <= 0.05 && seen > 0, {
        expected:
          'a picture of somebody, of which at most 5 % of the pixels differ (one may be a picture ahead)',
        actual: `${(100 * share).toFixed(1)} % differ, with ${seen} members in it`,
        evidence,
      });
      return unlessLate(outcome, changes);
    },
  ),
  changesClause(
    {
      id: 'video.everybody-moves',
      title: 'everybody’s picture moves',
      level: 'documented',
      source: 'introduction, on the grid in a shared graphic buffer',
      requirement: 'The grid shows what participants publish now: no picture stands still for a second.',
      statements: ['page.mix.members-frames', 'page.grid.grid'],
    },
    (changes) => {
      const { first, moments, canvases } = changes;
      const steady = first.canvases.filter(
        ({ arrivalMs }) => arrivalMs >= moments.steady && arrivalMs < moments.joining,
      );
      const longest = [0, 1, 2].map((bot) => {
        const frames = framesOf({ canvases: steady }, bot);
        return frames.length === 0 ? undefined : longestStandstillMs(frames, moments.joining);
      });
      const told = longest.map((ms, bot) =>
        ms === undefined
          ? `bot ${bot} was not seen`
          : `bot ${bot} stood still for ${ms.toFixed(0)} ms at most`,
      );
      const outcome = judge(
        longest.every((ms) => ms !== undefined && ms < transitionMs),
        {
          expected: 'each picture replaced within a second',
          actual: told.join(', '),
          evidence: canvasEvidence('After three seconds of them', canvases.steady),
        },
      );
      return unlessLate(outcome, changes);
    },
  ),
  changesClause(
    {
      id: 'video.join.seen',
      title: 'who joins is in the picture within a second',
      level: 'documented',
      source: stepThree,
      requirement: 'A stream added while the chat runs is shown, and the others still are.',
      statements: ['page.intro.add-while-running', 'page.room.in-mosaic'],
    },
    (changes) => {
      const canvases = during(changes, changes.moments.joined, changes.moments.muting);
      const shares = [0, 1, 2, 3].map((bot) => shareWith(canvases, bot));
      const outcome = judge(Math.min(...shares) >= 0.9, {
        expected: 'all four in the picture from one second after the join on',
        actual: shares.map((share, bot) => `bot ${bot} in ${percent(share)}`).join(', '),
        evidence: canvasEvidence('After bot 3 had joined', changes.canvases.joined),
      });
      return unlessLate(outcome, changes);
    },
  ),
  changesClause(
    {
      id: 'video.leave.gone',
      title: 'who leaves is gone from the picture within a second',
      level: 'documented',
      source: stepThree,
      requirement:
        'A stream that was removed is not shown any more, not even its last picture; the others are.',
      statements: ['page.intro.remove-while-running', 'page.room.remove-stream'],
    },
    (changes) => {
      const canvases = during(changes, changes.moments.left, changes.moments.end);
      // Nothing documented undoes a mute: where a second call does not, bot 1 is not asked for any more.
      const others = [0, ...(isUnmuted(changes) ? [1] : []), 3];
      const shares = others.map((bot) => shareWith(canvases, bot));
      const gone = shareWith(canvases, 2);
      const outcome = judge(gone === 0 && Math.min(...shares) >= 0.9, {
        expected: `bot 2 in none of the pictures, bots ${others.join(', ')} in all`,
        actual: `bot 2 in ${percent(gone)}, the others in ${shares.map(percent).join(', ')}`,
        evidence: canvasEvidence('After bot 2 had left', changes.canvases.left),
      });
      // Who is there still is so on any machine.
      return gone > 0 ? outcome : unlessLate(outcome, changes);
    },
  ),
  changesClause(
    {
      id: 'video.mute-video.covers',
      title: 'mute_video takes one picture out of the grid, and no other',
      level: 'documented',
      source: stepThree,
      requirement: 'The picture of a participant muted by mute_video is not shown, not even frozen.',
      statements: ['page.room.mute-video'],
    },
    (changes) => {
      const canvases = during(changes, changes.moments.muted, changes.moments.unmuting);
      const shares = [0, 2, 3].map((bot) => shareWith(canvases, bot));
      const covered = shareWith(canvases, 1);
      const outcome = judge(covered === 0 && Math.min(...shares) >= 0.9, {
        expected: 'bot 1 in none of the pictures, the others in all',
        actual: `bot 1 in ${percent(covered)}, the others in ${shares.map(percent).join(', ')}`,
        evidence: canvasEvidence('While bot 1 was muted', changes.canvases.muted),
      });
      // Who is there still is so on any machine.
      return covered > 0 ? outcome : unlessLate(outcome, changes);
    },
  ),
  changesClause(
    {
      id: 'video.mute-video.keeps-sound',
      title: 'mute_video leaves the sound alone',
      level: 'documented',
      source: stepThree,
      requirement: 'A participant muted by mute_video is still heard.',
      statements: ['page.room.mute-video'],
    },
    (changes) => {
      const { sound, moments } = changes;
      const hz = beepOf(1).frequenciesHz[0]!;
      const loudest = (fromMs: number, toMs: number) =>
        peakToneDbfs(between(sound, ns(fromMs), ns(toMs)), hz);
      const before = loudest(moments.steady, moments.joining);
      const muted = loudest(moments.muted, moments.unmuting);
      const outcome = judge(before >= audibleDbfs && muted >= before - 6, {
        expected: `its beep as loud as before, to 6 dB, and before at ${audibleDbfs} dBFS or more`,
        actual: `${muted.toFixed(1)} dBFS, and ${before.toFixed(1)} dBFS before`,
      });
      return unlessLate(outcome, changes);
    },
  ),
  changesClause(
    {
      id: 'video.mute-video.twice',
      title: 'what a second mute_video does',
      level: 'undocumented',
      source: stepThree,
      requirement: 'Whether a second mute_video shows the participant’s picture again.',
      statements: ['page.room.mute-video'],
    },
    (changes) => {
      const share = shareAfterUnmute(changes);
      const facts = { 'rooms.muteToggles': isUnmuted(changes) };
      return observed(`bot 1 in ${percent(share)} of the pictures after it`, [], facts);
    },
  ),
];

function shareAfterUnmute(changes: PictureChanges): number {
  return shareWith(during(changes, changes.moments.unmuted, changes.moments.leaving), 1);
}

/** Whether a second mute_video has undone the first. */
function isUnmuted(changes: PictureChanges): boolean {
  return shareAfterUnmute(changes) > 0.5;
}

function ns(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}
