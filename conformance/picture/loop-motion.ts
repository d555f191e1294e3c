import { type SeenFrame, standstills } from './frame-times.ts';
import { mean } from './sampling.ts';

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
 * Measures by a line through all that was seen, so that a few late pictures do not count.
 *
 * @param seen in order of arrival, one for each canvas in which the picture was read
 * @param loopFrames pictures in the loop, numbered from 0
 * @returns `undefined` where the picture changed less than twice
 */
export function loopMotion(seen: readonly SeenFrame[], loopFrames: number): LoopMotion | undefined {
  const changes = standstills(seen).slice(1);
  const spanMs = (changes.at(-1)?.fromMs ?? 0) - (changes[0]?.fromMs ?? 0);
  if (!(spanMs > 0)) return undefined;
  let passed = 0;
  let backwardSteps = 0;
  const points = seen.map(({ frame, arrivalMs }, n) => {
    const step = n === 0 ? 0 : loopStep(seen[n - 1]!.frame, frame, loopFrames);
    passed += step;
    if (step < 0) backwardSteps += 1;
    return { x: arrivalMs, y: passed };
  });
  return {
    passedPerSecond: 1000 * slope(points),
    shownPerSecond: ((changes.length - 1) * 1000) / spanMs,
    backwardSteps,
  };
}

/** Of the line through points with the least squares of distances in y. */
function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const middleX = mean(points.map(({ x }) => x));
  const middleY = mean(points.map(({ y }) => y));
  const products = points.reduce((sum, { x, y }) => sum + (x - middleX) * (y - middleY), 0);
  return products / points.reduce((sum, { x }) => sum + (x - middleX) ** 2, 0);
}

/** From one picture of a loop to another: the short way round. */
function loopStep(from: number, to: number, loopFrames: number): number {
  const step = (((to - from) % loopFrames) + loopFrames) % loopFrames;
  return step > loopFrames / 2 ? step - loopFrames : step;
}
