import { median } from '../analysis/statistics.ts';
import type { LiveViewer } from '../bots/live-viewer.ts';

/** How fast pictures come. */
export interface CanvasRates {
  /** Pictures in a second by their timestamps: of the median step from one to the next. */
  readonly stampedRate: number;
  /** Pictures that came in the fullest second. */
  readonly mostInASecond: number;
}

/** Neither takes a busy machine for a slow server: it makes holes, and these leave the medians alone. */
export function ratesOf(times: LiveViewer['times']): CanvasRates {
  const steps = times.slice(1).map(({ timestamp }, i) => (timestamp - times[i]!.timestamp) >>> 0);
  let first = 0;
  const mostInASecond = times.reduce((most, { arrivalMs }, last) => {
    while (arrivalMs - times[first]!.arrivalMs >= 1000) first += 1;
    return Math.max(most, last - first + 1);
  }, 0);
  return { stampedRate: steps.length === 0 ? 0 : 90_000 / median(steps), mostInASecond };
}
