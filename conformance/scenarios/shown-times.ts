import { type Standstill, standstills } from '../picture/frame-times.ts';
import { framesOf } from './picture-reading/frames-of.ts';
import type { Viewed } from './picture-reading/messages.ts';

/** What a viewer saw between two moments, in ms of the monotonic clock. */
interface Watched {
  readonly first: Pick<Viewed, 'canvases'>;
  readonly moments: { readonly steady: number; readonly end: number };
}

/** How long each picture of bot 0 was shown, while others came, were muted, and went. */
export function shownTimes({ first, moments }: Watched): readonly Standstill[] {
  const frames = framesOf(first, 0).filter(({ arrivalMs }) => arrivalMs >= moments.steady);
  return standstills(frames, moments.end);
}

/**
 * A standstill by which a server misses its bar by less than as much again, on a machine whose processors had no time left,
 * may be that of the machine: bots go before others, and notice nothing.
 */
export function mayBeHeldUpHere(
  changes: Watched & { readonly isSaturated: boolean },
  freezeMs: number | undefined,
): boolean {
  if (freezeMs === undefined || !changes.isSaturated) return false;
  const longestMs = Math.max(0, ...shownTimes(changes).map(({ durationMs }) => durationMs));
  return longestMs > freezeMs && longestMs <= 2 * freezeMs;
}
