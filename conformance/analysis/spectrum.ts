import type { SpectrumEvidence } from '../report.ts';
import { powerToDb, silenceDb } from './decibels.ts';
import { fftSize, spectrumOf } from './fourier.ts';
import { sampleRateHz } from './samples.ts';
import { blackmanHarris } from './window.ts';

/** A spectrum averaged over a recording. */
export interface Spectrum {
  readonly binHz: number;
  /** Level of each bin from 0 Hz to 24 kHz; a tone at full scale is 0 dB in its bin. */
  readonly levelsDbfs: Float64Array;
  /** Power of each bin, 0.5 for a tone at full scale once summed over its bins. */
  readonly powers: Float64Array;
}

const maxSize = 8192;

/**
 * Averages the spectrum of a recording (Welch 1967; Blackman-Harris windows that overlap by half). Bins are
 * 5.9 Hz wide for recordings of 0.2 s and more.
 * @throws RangeError for fewer than 64 samples
 */
export function averageSpectrum(samples: Float32Array): Spectrum {
  if (samples.length < 64) throw new RangeError(`averageSpectrum: ${samples.length} samples are too few`);
  const size = Math.min(maxSize, fftSize(samples.length + 1) / 2);
  const window = blackmanHarris(size);
  const sumOfWeights = window.reduce((sum, weight) => sum + weight, 0);
  const sumOfSquares = window.reduce((sum, weight) => sum + weight * weight, 0);

  const powers = new Float64Array(size / 2 + 1);
  const piece = new Float64Array(size);
  let pieces = 0;
  for (let at = 0; at + size <= samples.length; at += size / 2) {
    for (let n = 0; n < size; n++) piece[n] = window[n]! * samples[at + n]!;
    const spectrum = spectrumOf(piece, size);
    for (let k = 0; k < powers.length; k++) powers[k]! += spectrum[k * 2]! ** 2 + spectrum[k * 2 + 1]! ** 2;
    pieces++;
  }
  const levelsDbfs = powers.map((power) => powerToDb((power / pieces) * (2 / sumOfWeights) ** 2));
  return {
    binHz: sampleRateHz / size,
    levelsDbfs,
    powers: powers.map((power) => ((power / pieces) * 2) / (size * sumOfSquares)),
  };
}

/** Root mean square level of a band in dB of full scale; a full-scale sine within it gives -3 dB. */
export function bandLevelDbfs(spectrum: Spectrum, fromHz: number, toHz: number): number {
  let power = 0;
  for (let k = Math.ceil(fromHz / spectrum.binHz); k * spectrum.binHz < toHz; k++) {
    power += spectrum.powers[k] ?? 0;
  }
  return powerToDb(power);
}

/**
 * The highest frequency that is in the sound: where the spectrum rises for the last time to `dropDb` below
 * its highest bin. For noise, speech or tones in every band; tells the Opus bandwidths apart.
 * @param dropDb default 60
 * @returns 0 for silence
 */
export function bandLimitHz(spectrum: Spectrum, dropDb = 60): number {
  const { levelsDbfs, binHz } = spectrum;
  const highest = levelsDbfs.reduce((max, level) => Math.max(max, level), silenceDb);
  if (highest <= silenceDb) return 0;
  for (let k = levelsDbfs.length - 1; k > 0; k--) if (levelsDbfs[k]! >= highest - dropDb) return k * binHz;
  return 0;
}

/** The spectrum for a report: at most `points` points, each the highest bin of its share. */
export function spectrumEvidence(
  title: string,
  spectrum: Spectrum,
  options: { readonly points?: number; readonly marks?: SpectrumEvidence['marks'] } = {},
): SpectrumEvidence {
  const { levelsDbfs, binHz } = spectrum;
  const binsPerPoint = Math.ceil(levelsDbfs.length / (options.points ?? 500));
  const frequenciesHz: number[] = [];
  const levelsDb: number[] = [];
  for (let from = 0; from < levelsDbfs.length; from += binsPerPoint) {
    let best = from;
    for (let k = from; k < Math.min(from + binsPerPoint, levelsDbfs.length); k++) {
      if (levelsDbfs[k]! > levelsDbfs[best]!) best = k;
    }
    frequenciesHz.push(Math.round(best * binHz * 10) / 10);
    levelsDb.push(Math.round(levelsDbfs[best]! * 10) / 10);
  }
  const marks = options.marks === undefined ? {} : { marks: options.marks };
  return { type: 'spectrum', title, frequenciesHz, levelsDb, ...marks };
}
