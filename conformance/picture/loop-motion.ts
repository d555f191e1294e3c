import { type SeenFrame, standstills } from './frame-times.ts';

/** How a picture that is sent round and round moves in a canvas. */
export interface LoopMotion {
  /** Pictures of the loop that went by in a second: its own rate, unless it is shown too fast or too slow. */
  readonly passedPerSecond: number;
  /** Pictures in a second that were new; fewer where the canvas has a lower rate, or leaves some out. */
  readonly shownPerSecond: number;
  /** How often it went back. */
  readonly backwardSteps: number;
}

/**
 * Measures from the first change of picture to the last one: before it and after it nothing is known.
 *
 * @param seen in order of arrival, one for each canvas in which the picture was read
 * @param loopFrames pictures in the loop, numbered from 0
 * @returns `undefined` where the picture changed less than twice
 */
export function loopMotion(seen: readonly SeenFrame[], loopFrames: number): LoopMotion | undefined {
  const changes = standstills(seen).slice(1);
  const spanMs = (changes.at(-1)?.fromMs ?? 0) - (changes[0]?.fromMs ?? 0);
  if (!(spanMs > 0)) return undefined;
  const steps = changes.slice(1).map(({ frame }, n) => loopStep(changes[n]!.frame, frame, loopFrames));
  const passed = steps.reduce((sum, step) => sum + step, 0);
  return {
    passedPerSecond: (passed * 1000) / spanMs,
    shownPerSecond: (steps.length * 1000) / spanMs,
    backwardSteps: steps.filter((step) => step < 0).length,
  };
}

/** From one picture of a loop to another: the short way round. */
function loopStep(from: number, to: number, loopFrames: number): number {
  const step = (((to - from) % loopFrames) + loopFrames) % loopFrames;
  return step > loopFrames / 2 ? step - loopFrames : step;
}
