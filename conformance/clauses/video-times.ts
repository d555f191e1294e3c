import { percentile } from '../analysis/statistics.ts';
import { toneOnsets } from '../analysis/tone-onsets.ts';
import { beepOf } from '../bots/picture-clip.ts';
import { arrivalMsOf } from '../bots/recording.ts';
import { flashOnsetsMs, standstills } from '../picture/frame-times.ts';
import { type Clause, judge } from '../run/clause.ts';
import { loopFrames, type PictureChanges } from '../scenarios/picture-changes.ts';
import { framesOf } from '../scenarios/picture-reading/frames-of.ts';
import { camera } from '../scenarios/picture-room.ts';
import { changesClause, figure, longestFigure } from '../scenarios/picture-verdicts.ts';
import { mayBeHeldUpHere, shownTimes } from '../scenarios/shown-times.ts';

/** How soon, how evenly and how well together with the sound pictures are seen, while others come and go. */
export const videoTimeClauses: readonly Clause[] = [
  changesClause(
    {
      id: 'video.others-go-on',
      title: 'nobody’s picture stands still while others come, are muted, and go',
      level: 'undocumented',
      source: 'participants can be added and removed while the chat runs; nothing is said about freezes',
      requirement: 'The longest standstill of one picture while others join, are muted and leave.',
      statements: ['page.intro.add-while-running', 'page.intro.remove-while-running'],
    },
    (changes, bars) => {
      const values = shownTimes(changes).map(({ durationMs }) => durationMs);
      if (values.length === 0) return judge(false, { expected: 'pictures of bot 0', actual: 'none' });
      const longest = Math.max(...values);
      const actual = `longest ${longest.toFixed(0)} ms of ${values.length} pictures`;
      if (mayBeHeldUpHere(changes, bars?.freezeMs)) {
        const reason = `this machine is too busy to measure it: its processors, or the quota of its container, had no time left; ${actual}`;
        return { verdict: 'error', reason };
      }
      return longestFigure(actual, longest, bars?.freezeMs, changes, [
        {
          type: 'series',
          title: 'How long each picture of bot 0 was shown',
          unit: 'ms',
          values,
          ...(bars && { limit: bars.freezeMs }),
        },
      ]);
    },
  ),
  changesClause(
    {
      id: 'video.delay',
      title: 'pictures are seen soon',
      level: 'undocumented',
      source: 'nothing is said about delay',
      requirement:
        'Time from a picture being taken to it being there for a viewer; of all members, the longest.',
      statements: ['page.mix.members-frames'],
    },
    (changes, bars) => {
      const delays = changes.firstFramesMs.map((_, bot) => ({ bot, values: pictureDelays(changes, bot) }));
      const seen = delays.filter(({ values }) => values.length > 0);
      if (seen.length === 0) return judge(false, { expected: 'pictures of bots', actual: 'none' });
      const { bot, values } = seen.reduce((slowest, one) =>
        percentile(one.values, 95) > percentile(slowest.values, 95) ? one : slowest,
      );
      const p95 = percentile(values, 95);
      const actual = `bot ${bot}: p50 ${percentile(values, 50).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, most ${Math.max(...values).toFixed(0)} ms of ${values.length} pictures`;
      return figure(actual, p95, bars?.pictureDelayP95Ms, changes, [
        {
          type: 'series',
          title: `Delay of each picture of bot ${bot}`,
          unit: 'ms',
          values,
          ...(bars && { limit: bars.pictureDelayP95Ms }),
        },
      ]);
    },
  ),
  changesClause(
    {
      id: 'video.lip-sync',
      title: 'sound and picture of one moment come together',
      level: 'undocumented',
      source: 'nothing is said about lip sync',
      requirement: 'How far a flash and the beep of the same moment are apart for a viewer.',
      statements: ['page.mix.members-frames'],
    },
    (changes, bars) => {
      const { first, sound } = changes;
      const beepsMs = toneOnsets(sound.pcm, beepOf(0).frequenciesHz[0]!).map((at) => arrivalMsOf(sound, at));
      const flashes = first.canvases.flatMap(({ arrivalMs, cells }) => {
        const cell = cells.find(({ bot }) => bot === 0);
        return cell === undefined ? [] : [{ arrivalMs, flash: cell.flash }];
      });
      const flashesMs = flashOnsetsMs(flashes);
      const values = flashesMs.flatMap((flashMs) => {
        const nearest = beepsMs.toSorted((a, b) => Math.abs(a - flashMs) - Math.abs(b - flashMs))[0];
        return nearest === undefined ? [] : [flashMs - nearest];
      });
      if (values.length === 0) {
        const actual = `${flashesMs.length} flashes in ${flashes.length} of ${first.canvases.length} pictures, ${beepsMs.length} beeps in ${(sound.pcm.length / 48_000).toFixed(1)} s of sound`;
        return judge(false, { expected: 'flashes and beeps of bot 0', actual });
      }
      const typical = percentile(values, 50);
      const actual = `the picture is ${Math.abs(typical).toFixed(0)} ms ${typical < 0 ? 'before' : 'behind'} the sound, median of ${values.length}`;
      return figure(actual, Math.abs(typical), bars?.lipSyncMs, changes, [
        { type: 'series', title: 'Flash behind beep', unit: 'ms', values },
      ]);
    },
  ),
  changesClause(
    {
      id: 'video.first-picture',
      title: 'a new viewer sees the room at once',
      level: 'undocumented',
      source: 'nothing is said about keyframes',
      requirement:
        'Time from a viewer’s connection to its first picture that can be decoded; of two who come later, the longer.',
      statements: ['page.grid.h264'],
    },
    (changes, bars) =>
      longestFigure(
        `${changes.firstPictureMs.toFixed(0)} ms`,
        changes.firstPictureMs,
        bars?.firstPictureMs,
        changes,
      ),
  ),
  changesClause(
    {
      id: 'video.keyframe-on-request',
      title: 'who asks for a keyframe gets one',
      level: 'undocumented',
      source: 'nothing is said about keyframes; RFC 4585 §6.3.1 on PLI',
      requirement:
        'How long a viewer who asks for a keyframe by PLI waits for one; of several requests within a keyframe’s usual distance, the longest.',
      statements: ['page.grid.h264'],
    },
    (changes, bars) => {
      const keyframesMs = changes.first.canvases.flatMap(({ keyframe, arrivalMs }) =>
        keyframe ? [arrivalMs] : [],
      );
      // Whoever is not answered waits for a keyframe that is due anyway, or to the end.
      const values = changes.askedMs.map(
        (askedMs) => (keyframesMs.find((ms) => ms >= askedMs) ?? changes.moments.end) - askedMs,
      );
      const longest = Math.max(...values);
      const unanswered = changes.askedMs.filter((askedMs) => !keyframesMs.some((ms) => ms >= askedMs)).length;
      const none = unanswered === 0 ? '' : `; after ${unanswered} of them there came none`;
      const actual = `the next keyframe came after at most ${longest.toFixed(0)} ms, of ${values.length} requests${none}`;
      return figure(actual, longest, bars?.keyframeOnRequestMs, changes, [
        {
          type: 'series',
          title: 'From each request to the next keyframe',
          unit: 'ms',
          values,
          ...(bars && { limit: bars.keyframeOnRequestMs }),
        },
      ]);
    },
  ),
];

/** From each picture of a bot being taken to its first being seen, in ms. */
function pictureDelays({ first, firstFramesMs }: PictureChanges, bot: number): number[] {
  const loopMs = (loopFrames * 1000) / camera.fps;
  return standstills(framesOf(first, bot)).map(({ frame, fromMs }) => {
    const delayMs = (fromMs - firstFramesMs[bot]! - (frame * 1000) / camera.fps) % loopMs;
    return delayMs < 0 ? delayMs + loopMs : delayMs;
  });
}
