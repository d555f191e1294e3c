import type { WaveformEvidence } from '../report.ts';
import { sampleRateHz } from './samples.ts';

/**
 * The envelope of a recording for a report: the lowest and highest sample of each slice.
 * @param options.slices at most so many, default 800
 */
export function waveformEvidence(
  title: string,
  samples: Float32Array,
  options: { readonly slices?: number; readonly marks?: WaveformEvidence['marks'] } = {},
): WaveformEvidence {
  const sliceSamples = Math.max(1, Math.ceil(samples.length / (options.slices ?? 800)));
  const low: number[] = [];
  const high: number[] = [];
  for (let at = 0; at < samples.length; at += sliceSamples) {
    const slice = samples.subarray(at, at + sliceSamples);
    low.push(rounded(slice.reduce((min, sample) => Math.min(min, sample), 1)));
    high.push(rounded(slice.reduce((max, sample) => Math.max(max, sample), -1)));
  }
  const marks = options.marks === undefined ? {} : { marks: options.marks };
  return { type: 'waveform', title, durationSeconds: samples.length / sampleRateHz, low, high, ...marks };
}

/** Four digits are more than a plot shows, and keep reports small. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
