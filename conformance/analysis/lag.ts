import { crossCorrelation } from './fourier.ts';

/** Where a loop was found in a recording. */
export interface Lag {
  /** The sample of the recording at which a round begins: 0 up to the loop's length. */
  readonly lagSamples: number;
  /**
   * How clear it is: the highest peak of the correlation over the next one that is not a neighbour. 1 is a
   * guess; above 2 there is no doubt.
   */
  readonly peakRatio: number;
}

/** A peak is as wide as this on both sides, 2 ms at 48 kHz: what is beyond counts as another peak. */
const usualNeighbourSamples = 96;

/**
 * Finds by cross-correlation where in a recording a loop begins that is played round and round.
 *
 * @param recording mono, 48 kHz where nothing else is said of the neighbours
 * @param loop one round of the same
 * @param neighbourSamples how far around a peak everything belongs to it
 * @throws RangeError for an empty recording or loop
 */
export function findLag(
  recording: Float32Array,
  loop: Float32Array,
  neighbourSamples = usualNeighbourSamples,
): Lag {
  if (recording.length === 0 || loop.length === 0) throw new RangeError('findLag: nothing to compare');
  const values = correlationByLag(recording, loop);
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  let second = 0;
  for (let i = 0; i < values.length; i++) {
    const apart = Math.abs(i - best);
    const distance = Math.min(apart, loop.length - apart);
    if (distance > neighbourSamples && values[i]! > second) second = values[i]!;
  }
  const peakRatio = values[best] === 0 ? 1 : values[best]! / Math.max(second, values[best]! * 1e-6);
  return { lagSamples: best, peakRatio };
}

/**
 * Magnitude of the correlation for each lag, divided by the root of the energy of what overlaps: what is left is how
 * much of the recording the loop explains.
 */
function correlationByLag(recording: Float32Array, loop: Float32Array): Float64Array {
  const period = loop.length;
  const linear = crossCorrelation(recording, loop);
  const energy = overlapEnergy(recording.length, loop);
  return new Float64Array(period).map((_, lag) => {
    let sum = 0;
    for (let l = lag - period; l < recording.length; l += period) {
      if (l > -period) sum += linear[l < 0 ? l + linear.length : l]!;
    }
    const overlap = energy(lag);
    return overlap > 0 ? Math.abs(sum) / Math.sqrt(overlap) : 0;
  });
}

/**
 * Energy of what falls into the recording of all rounds of the loop, for any lag. Where that is less than a quarter
 * of the largest, it is taken as that quarter, or a corner that happens to fit would win.
 */
function overlapEnergy(recordingLength: number, loop: Float32Array): (lag: number) => number {
  const period = loop.length;
  const upTo = new Float64Array(period + 1);
  for (let n = 0; n < period; n++) upTo[n + 1] = upTo[n]! + loop[n]! ** 2;
  const total = upTo[period]!;
  const before = (n: number) => Math.floor(n / period) * total + upTo[((n % period) + period) % period]!;
  const longest = Math.min(1, recordingLength / period);
  return (lag) => Math.max(before(recordingLength - lag) - before(-lag), (total * longest) / 4);
}
