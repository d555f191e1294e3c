import { type BinWeight, crossCorrelation } from './fourier.ts';
import { sampleRateHz } from './samples.ts';

/** Where a reference was found in a recording. */
export interface Lag {
  /** How many samples later the reference stands in the recording than in itself. */
  readonly lagSamples: number;
  readonly lagMs: number;
  /**
   * How clear it is: the highest peak of the correlation over the next one that is not a neighbour. 1 is a
   * guess; above 2 there is no doubt.
   */
  readonly peakRatio: number;
}

/** How a lag is searched. */
export interface LagOptions {
  /** Lowest and highest lag that can be; default 0 up to the length of the recording. */
  readonly minLagSamples?: number;
  readonly maxLagSamples?: number;
  /** The reference was played round and round: lags are 0 up to its length, and wrap. */
  readonly periodic?: boolean;
  /**
   * Weighs all frequencies of speech alike (GCC-PHAT: Knapp and Carter 1976), which sharpens the peak for
   * voices and noise. Not for tones or chirps.
   */
  readonly phat?: boolean;
}

/** A peak is as wide as this on both sides: what is beyond counts as another peak. */
const neighbourSamples = 96;

/** The band in which PHAT looks: below is hum, above codecs invent what they leave out. */
const phatBandHz = [100, 3800] as const;

/**
 * Finds a reference in a recording by cross-correlation.
 *
 * @param recording 48 kHz mono
 * @param reference the same; with `periodic` one period
 * @throws RangeError for an empty recording or reference, or for no lag to choose from
 */
export function findLag(recording: Float32Array, reference: Float32Array, options: LagOptions = {}): Lag {
  const { values, firstLag } = correlationByLag(recording, reference, options);
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  let second = 0;
  for (let i = 0; i < values.length; i++) {
    const apart = Math.abs(i - best);
    const distance = options.periodic ? Math.min(apart, reference.length - apart) : apart;
    if (distance > neighbourSamples && values[i]! > second) second = values[i]!;
  }
  const lagSamples = firstLag + best;
  const peakRatio = values[best] === 0 ? 1 : values[best]! / Math.max(second, values[best]! * 1e-6);
  return { lagSamples, lagMs: (lagSamples * 1000) / sampleRateHz, peakRatio };
}

/**
 * Magnitude of the correlation for each lag that can be. Without PHAT it is divided by the root of the energy
 * of that part of the reference which overlaps: what is left is how much of the recording it explains.
 */
export function correlationByLag(
  recording: Float32Array,
  reference: Float32Array,
  options: LagOptions,
): { readonly values: Float64Array; readonly firstLag: number } {
  if (recording.length === 0 || reference.length === 0) throw new RangeError('findLag: nothing to compare');
  const period = options.periodic ? reference.length : undefined;
  const firstLag = options.minLagSamples ?? 0;
  const highest = period === undefined ? recording.length - 1 : firstLag + period - 1;
  const lastLag = Math.min(options.maxLagSamples ?? highest, highest);
  if (lastLag < firstLag) throw new RangeError(`findLag: no lag from ${firstLag} to ${lastLag}`);

  const linear = crossCorrelation(recording, reference, options.phat ? phatWeight : undefined);
  const at = (lag: number) => {
    const wrapped = lag < 0 ? lag + linear.length : lag;
    return lag > -reference.length && lag < recording.length ? (linear[wrapped] ?? 0) : 0;
  };
  const energy = options.phat ? () => 1 : overlapEnergy(recording.length, reference, period);

  const values = new Float64Array(lastLag - firstLag + 1);
  for (let i = 0; i < values.length; i++) {
    const lag = firstLag + i;
    let sum = 0;
    if (period === undefined) sum = at(lag);
    else for (let l = mod(lag, period) - period; l < recording.length; l += period) sum += at(l);
    const overlap = energy(lag);
    values[i] = overlap > 0 ? Math.abs(sum) / Math.sqrt(overlap) : 0;
  }
  return { values, firstLag };
}

const phatWeight: BinWeight = (magnitude, bin, size) => {
  const hz = (bin * sampleRateHz) / size;
  return hz < phatBandHz[0] || hz > phatBandHz[1] || magnitude === 0 ? 0 : 1 / magnitude;
};

/**
 * Energy of the part of the reference that falls into the recording, for any lag. Where that is less than a
 * quarter of the largest, it is taken as that quarter, or a corner that happens to fit would win.
 */
function overlapEnergy(
  recordingLength: number,
  reference: Float32Array,
  period: number | undefined,
): (lag: number) => number {
  const upTo = new Float64Array(reference.length + 1);
  for (let n = 0; n < reference.length; n++) upTo[n + 1] = upTo[n]! + reference[n]! ** 2;
  const total = upTo[reference.length]!;
  const before = (n: number) => {
    if (period === undefined) return upTo[Math.max(0, Math.min(n, reference.length))]!;
    return Math.floor(n / period) * total + upTo[mod(n, period)]!;
  };
  const longest = Math.min(1, recordingLength / reference.length);
  return (lag) => Math.max(before(recordingLength - lag) - before(-lag), (total * longest) / 4);
}

function mod(value: number, period: number): number {
  return ((value % period) + period) % period;
}
