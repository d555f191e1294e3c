import { type ComplexArray, correlate, realInverse } from './fourier.ts';
import { applyWeight, type FrequencyWeight } from './whitening.ts';

/** A source that goes round and round, filtered and transformed once for all that is asked of it. */
export interface LoopedSource {
  /** Samples of one round. */
  readonly period: number;
  /** Filtered, of one round with zeros behind it. */
  readonly spectrum: ComplexArray;
  /** One filtered round in time. */
  readonly samples: Float64Array;
  readonly energy: number;
}

/**
 * Filters one round of a source.
 * @param round its spectrum, of a size that holds recording and source
 * @param period its samples
 */
export function prepareLoop(round: ComplexArray, period: number, weight: FrequencyWeight): LoopedSource {
  const size = round.length / 2;
  const spectrum = round.slice();
  applyWeight(spectrum, weight);
  const samples = realInverse(spectrum);
  // What the filter smears over the ends belongs to the next round and the one before.
  const folded = samples.slice(0, period);
  const before = Math.min(period, (size - period) >> 1);
  for (let n = size - before; n < size; n++) folded[n - size + period]! += samples[n]!;
  for (let n = period; n < size - before; n++) folded[n % period]! += samples[n]!;
  return {
    period,
    spectrum,
    samples: folded,
    energy: folded.reduce((sum, sample) => sum + sample * sample, 0),
  };
}

/** The lag at which the source explains most of the residual, with the gain it would have there. */
export function bestLag(
  residual: ComplexArray,
  source: LoopedSource,
  length: number,
): { lag: number; gain: number } {
  const size = residual.length / 2;
  const { spectrum, period } = source;
  const linear = correlate(residual, spectrum);
  const byLag = new Float64Array(period);
  for (let i = 0, lag = 0; i < size; i++) {
    if (i === length) lag = period - 1 - ((size - length - 1) % period);
    byLag[lag]! += linear[i]!;
    lag = lag + 1 === period ? 0 : lag + 1;
  }
  const energyAt = energyByLag(source, length);
  let best = { lag: 0, gain: 0 };
  let bestExplained = 0;
  for (let lag = 0; lag < period; lag++) {
    const energy = energyAt(lag);
    const explained = energy > 0 ? byLag[lag]! ** 2 / energy : 0;
    if (explained <= bestExplained) continue;
    bestExplained = explained;
    best = { lag, gain: Math.abs(byLag[lag]!) / energy };
  }
  return best;
}

/** Energy of the part of the endless source that falls into the recording, but no less than half its mean. */
function energyByLag(source: LoopedSource, length: number): (lag: number) => number {
  const { samples, period, energy } = source;
  const upTo = new Float64Array(period + 1);
  for (let n = 0; n < period; n++) upTo[n + 1] = upTo[n]! + samples[n]! ** 2;
  const before = (n: number) => Math.floor(n / period) * energy + upTo[((n % period) + period) % period]!;
  const least = (energy * length) / period / 2;
  return (lag) => Math.max(before(length - lag) - before(-lag), least);
}

/**
 * The highest gain that a source has by chance against a residual it has nothing to do with: the spread of
 * the correlation over all lags, which is the product of both spectra, times what the best of so many
 * Gaussian values is likely to be.
 */
export function chanceGain(residual: ComplexArray, source: LoopedSource, length: number): number {
  const size = residual.length / 2;
  const { spectrum, period, energy } = source;
  if (energy === 0) return 0;
  let sum = 0;
  for (let k = 0; k < spectrum.length; k += 2) {
    const residualPower = residual[k]! ** 2 + residual[k + 1]! ** 2;
    sum += residualPower * (spectrum[k]! ** 2 + spectrum[k + 1]! ** 2);
  }
  // By Parseval, the sum over all lags of the correlation squared; folded, they fall on one period.
  const spread = Math.sqrt(sum / size / period);
  return (spread * Math.sqrt(2 * Math.log(period))) / ((energy * length) / period);
}

/** The endless source as the recording would hold it. */
export function shifted({ samples, period }: LoopedSource, lag: number, length: number): Float64Array {
  const column = new Float64Array(length);
  let from = ((-lag % period) + period) % period;
  for (let n = 0; n < length; n++) {
    column[n] = samples[from]!;
    from = from + 1 === period ? 0 : from + 1;
  }
  return column;
}
