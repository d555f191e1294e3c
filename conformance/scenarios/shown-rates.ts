import { loopMotion } from '../picture/loop-motion.ts';
import type { MeasurementsEvidence } from '../report.ts';
import type { MixedMember } from './mixed-members.ts';
import { framesOf } from './picture-reading/frames-of.ts';
import type { Viewed } from './picture-reading/messages.ts';

/** Rates are measured over some seconds, from arrivals that are spread over a picture or two of the canvas. */
export const rateTolerance = 0.1;
/** Of the pictures that a canvas can show; some are left out on a busy machine. */
export const minShownShare = 0.75;
/**
 * The same for pictures at the canvas’s own rate. Where they happen to come just as it is drawn, each is there in time or
 * not by chance, and a quarter of the canvases on average, in four seconds up to a third, show nothing new.
 */
export const minShownShareInStep = 0.6;
/**
 * Rates this close to each other stay in step for the seconds that are watched; 24 in 25 do not. The canvas’s own rate
 * is measured to about a hundredth.
 */
const inStepTolerance = 0.02;

/** How everybody moved. */
export function rateTable(
  members: readonly Pick<MixedMember, 'name' | 'bot' | 'fps' | 'loopFrames'>[],
  viewed: Pick<Viewed, 'canvases'>,
): MeasurementsEvidence & { rows: { ok: boolean }[] } {
  const { canvases } = viewed;
  const spanMs = canvases.length < 2 ? 0 : canvases.at(-1)!.arrivalMs - canvases[0]!.arrivalMs;
  const canvasRate = spanMs > 0 ? ((canvases.length - 1) * 1000) / spanMs : 0;
  return {
    type: 'measurements',
    title: `Pictures in a second, in a canvas of ${canvasRate.toFixed(1)} a second`,
    rows: members.map(({ name, bot, fps, loopFrames }) => {
      const motion = loopMotion(framesOf(viewed, bot), loopFrames);
      const inStep = Math.abs(fps / canvasRate - 1) <= inStepTolerance;
      const least = (inStep ? minShownShareInStep : minShownShare) * Math.min(fps, canvasRate);
      const limit = `${fps}, ${least.toFixed(1)} of them new`;
      if (motion === undefined) {
        const isThere = canvases.some(({ cells }) => cells.some((cell) => cell.bot === bot));
        return { name, value: isThere ? 'it stands still' : 'it is not there', limit, ok: false };
      }
      const { passedPerSecond, shownPerSecond, backwardSteps } = motion;
      const back = backwardSteps === 0 ? '' : `, ${backwardSteps} steps back`;
      return {
        name,
        value: `${passedPerSecond.toFixed(1)} went by, ${shownPerSecond.toFixed(1)} new${back}`,
        limit,
        ok:
          Math.abs(passedPerSecond / fps - 1) <= rateTolerance &&
          shownPerSecond >= least &&
          backwardSteps === 0,
      };
    }),
  };
}
