import { amplitudeToDb } from './decibels.ts';
import { type ComplexArray, fftSize, realInverse, spectrumOf } from './fourier.ts';
import { solveSymmetric } from './least-squares.ts';
import { bestLag, chanceGain, type LoopedSource, prepareLoop, shifted } from './looped-source.ts';
import { applyWeight, whiteningFor } from './whitening.ts';

/** A sound that was played round and round, and may be in the recording. */
export interface KnownSource {
  readonly name: string;
  /** One period, 48 kHz mono, as it was sent: for Opus clips the packets decoded. */
  readonly period: Float32Array;
}

/** How loud one source is in the recording, against what was sent. */
export interface SourceLevel {
  readonly name: string;
  /** 0 dB: as loud as sent. Never much below `floorDb`: some lag always fits a little. */
  readonly gainDb: number;
  /** Where in the recording the period starts, 0 to its length; meaningless where the source is absent. */
  readonly lagSamples: number;
  /**
   * The gain that chance alone would show, the best lag having been chosen: a source at or below it is not
   * in the recording as far as can be told. Codec noise makes it; a longer recording lowers it.
   */
  readonly floorDb: number;
  /** True where the gain is more than 10 dB above the floor. */
  readonly isClear: boolean;
}

/**
 * How far above chance a source must be to count as found: 10 dB. At 16 kbit/s codec noise takes after the
 * voices, and absent ones come up to 7 dB above.
 */
const clearRatio = 3.16;

/**
 * Finds how loud each of several known sources is in a recording of their sum: joint least squares, each
 * source at its own lag. Made for speech: sources that are alike do not count for each other, and what is
 * found of the loud ones is taken away before the soft ones are searched.
 *
 * Everything is filtered alike first, see `whiteningFor`. A slip in the recording (a frame left out) makes
 * the fit take the longer part, so heard sources may read up to 6 dB low.
 *
 * @param recording 48 kHz mono; 3 s give a floor of about -40 dB at 64 kbit/s
 * @throws RangeError for an empty recording or source
 */
export function jointProjection(recording: Float32Array, sources: readonly KnownSource[]): SourceLevel[] {
  return jointProjections([recording], sources)[0]!;
}

/**
 * The same for several recordings of the same sources, which are transformed once for all.
 * @returns levels by recording and source
 * @throws RangeError for an empty recording or source
 */
export function jointProjections(
  recordings: readonly Float32Array[],
  sources: readonly KnownSource[],
): SourceLevel[][] {
  const periods = sources.map(({ period }) => period);
  if ([...recordings, ...periods].some(({ length }) => length === 0)) {
    throw new RangeError('jointProjection: nothing to compare');
  }
  const longest = (of: readonly Float32Array[]) => Math.max(0, ...of.map(({ length }) => length));
  const size = fftSize(longest(recordings) + longest(periods));
  const transformed = sources.map(({ name, period }) => ({
    name,
    samples: period.length,
    spectrum: spectrumOf(period, size),
  }));
  return recordings.map((recording) => project(recording, transformed, size));
}

/** One round of a source. */
interface TransformedSource {
  readonly name: string;
  readonly samples: number;
  readonly spectrum: ComplexArray;
}

function project(
  recording: Float32Array,
  sources: readonly TransformedSource[],
  size: number,
): SourceLevel[] {
  const recordingSpectrum = spectrumOf(recording, size);
  const weight = whiteningFor(
    recordingSpectrum,
    sources.map(({ spectrum }) => spectrum),
  );
  applyWeight(recordingSpectrum, weight);
  const heard = realInverse(recordingSpectrum).slice(0, recording.length);
  const prepared = sources.map(({ spectrum, samples }) => prepareLoop(spectrum, samples, weight));

  const lags = new Array<number>(sources.length).fill(0);
  const found = new Set<number>();
  let gains = new Float64Array(sources.length);
  let residual = heard;
  while (found.size < sources.length) {
    const residualSpectrum = spectrumOf(residual, size);
    let foundMore = false;
    for (const [i, source] of prepared.entries()) {
      if (found.has(i)) continue;
      const best = bestLag(residualSpectrum, source, recording.length);
      lags[i] = best.lag;
      if (best.gain <= clearRatio * chanceGain(residualSpectrum, source, recording.length)) continue;
      found.add(i);
      foundMore = true;
    }
    if (!foundMore) break;
    gains = fitGains(heard, prepared, lags, found);
    residual = subtract(heard, prepared, lags, gains);
  }
  // The sources that were not found get the gain of their best lag, which is chance.
  const everybody = new Set(prepared.keys());
  gains = fitGains(heard, prepared, lags, everybody);
  const remainder = spectrumOf(subtract(heard, prepared, lags, gains), size);

  return prepared.map((source, i) => {
    const floor = chanceGain(remainder, source, recording.length);
    return {
      name: sources[i]!.name,
      gainDb: amplitudeToDb(gains[i]!),
      lagSamples: lags[i]!,
      floorDb: amplitudeToDb(floor),
      isClear: Math.abs(gains[i]!) > clearRatio * floor,
    };
  });
}

/** Gains of the given sources at their lags, all at once; 0 for the others. */
function fitGains(
  heard: Float64Array,
  sources: readonly LoopedSource[],
  lags: readonly number[],
  which: ReadonlySet<number>,
): Float64Array<ArrayBuffer> {
  const indices = [...which];
  const columns = indices.map((i) => shifted(sources[i]!, lags[i]!, heard.length));
  const count = columns.length;
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  for (const [row, column] of columns.entries()) {
    for (let other = 0; other <= row; other++) matrix[row * count + other] = dot(column, columns[other]!);
    right[row] = dot(column, heard);
  }
  const solution = solveSymmetric(matrix, right, 1e-9);
  const gains = new Float64Array(sources.length);
  for (const [at, i] of indices.entries()) gains[i] = solution[at]!;
  return gains;
}

function subtract(
  heard: Float64Array,
  sources: readonly LoopedSource[],
  lags: readonly number[],
  gains: Float64Array,
): Float64Array<ArrayBuffer> {
  const residual = heard.slice();
  for (const [i, source] of sources.entries()) {
    if (gains[i] === 0) continue;
    const column = shifted(source, lags[i]!, heard.length);
    for (let n = 0; n < residual.length; n++) residual[n]! -= gains[i]! * column[n]!;
  }
  return residual;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
  return sum;
}
