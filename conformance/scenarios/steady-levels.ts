import { jointProjections, type KnownSource, type SourceLevel } from '../analysis/joint-projection.ts';

/** Levels in one track. */
export interface SteadyLevels {
  readonly levels: readonly SourceLevel[];
  /** True: the recording has a slip, and these are the levels of the half without it. */
  readonly byHalf: boolean;
  /** Of the other half then: what is clear in it in spite of the slip was there. */
  readonly besides: readonly SourceLevel[];
}

/**
 * Whose voice is how loud in each track. A server that plays somebody sooner from now on, as jitter buffers do when a
 * network has become calm, makes a slip in the recording: no lag fits all of it, and the floor rises. A slip lies in one
 * half, and the other says enough.
 * @param maxFloorDb a higher floor is taken for a slip
 */
export function steadyLevels(
  recordings: readonly Float32Array[],
  sources: readonly KnownSource[],
  maxFloorDb: number,
): SteadyLevels[] {
  return jointProjections(recordings, sources).map((levels, track) => {
    const whole = { levels, byHalf: false, besides: [] };
    if (worstFloorDb(levels) <= maxFloorDb) return whole;
    const recording = recordings[track]!;
    const middle = recording.length >> 1;
    if (middle === 0) return whole;
    const halves = jointProjections([recording.subarray(0, middle), recording.subarray(middle)], sources);
    const [better, worse] = halves.toSorted((a, b) => worstFloorDb(a) - worstFloorDb(b));
    if (worstFloorDb(better!) >= worstFloorDb(levels)) return whole;
    return { levels: better!, byHalf: true, besides: worse! };
  });
}

/** The highest level that chance alone would show of anybody. */
export function worstFloorDb(levels: readonly SourceLevel[]): number {
  return Math.max(...levels.map(({ floorDb }) => floorDb));
}
