import { dbToAmplitude } from './decibels.ts';
import { sampleRateHz } from './samples.ts';
import { median } from './statistics.ts';

/** A stretch in which sound that should go on is missing. */
export interface Gap {
  readonly startSeconds: number;
  readonly durationMs: number;
}

/** What counts as a gap. */
export interface GapOptions {
  /** Shorter ones are passed over; default 10 ms. */
  readonly minGapMs?: number;
  /** How far the level falls below the median of the recording; default 20 dB. */
  readonly dropDb?: number;
}

const stepSamples = sampleRateHz / 1000;
const toneWindowSamples = 20 * stepSamples;
/** The window sees a tenth of the amplitude (20 dB) while a quarter of it still reaches into the tone. */
const marginSamples = Math.round(toneWindowSamples * 0.26);

/**
 * Finds gaps of one tone while others sound: its level over a Hann window of 20 ms, which tells tones apart
 * that differ by 100 Hz or more. Gaps down to 13 ms are found, to a few milliseconds.
 * @throws RangeError for a frequency that is not between 50 Hz and 24 kHz
 */
export function findToneGaps(samples: Float32Array, frequencyHz: number, options: GapOptions = {}): Gap[] {
  if (!(frequencyHz >= 50 && frequencyHz < sampleRateHz / 2)) {
    throw new RangeError(`findToneGaps: ${frequencyHz} Hz is not 50 to ${sampleRateHz / 2}`);
  }
  return gapsOf(toneAmplitudes(samples, frequencyHz), options);
}

/** Amplitude of one tone every millisecond, 1 for full scale. */
function toneAmplitudes(samples: Float32Array, frequencyHz: number): Float64Array {
  const window = new Float64Array(toneWindowSamples);
  for (let n = 0; n < window.length; n++) {
    window[n] = (2 / window.length) * (1 - Math.cos((2 * Math.PI * (n + 0.5)) / window.length)) * 0.5;
  }
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const cosines = Float64Array.from(window, (weight, n) => weight * Math.cos(omega * n));
  const sines = Float64Array.from(window, (weight, n) => weight * Math.sin(omega * n));
  const count = Math.max(0, Math.floor((samples.length - window.length) / stepSamples) + 1);
  const amplitudes = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let re = 0;
    let im = 0;
    for (let n = 0; n < window.length; n++) {
      const sample = samples[i * stepSamples + n]!;
      re += sample * cosines[n]!;
      im += sample * sines[n]!;
    }
    amplitudes[i] = 2 * Math.hypot(re, im);
  }
  return amplitudes;
}

function gapsOf(amplitudes: Float64Array, options: GapOptions): Gap[] {
  if (amplitudes.length === 0) return [];
  const minGapMs = options.minGapMs ?? 10;
  const threshold = median(amplitudes) * dbToAmplitude(-(options.dropDb ?? 20));

  const gaps: Gap[] = [];
  let first: number | undefined;
  for (let i = 0; i <= amplitudes.length; i++) {
    const isLow = i < amplitudes.length && amplitudes[i]! <= threshold;
    if (isLow) {
      first ??= i;
      continue;
    }
    if (first === undefined) continue;
    const start = first * stepSamples + marginSamples;
    const end = (i - 1) * stepSamples + toneWindowSamples - marginSamples;
    const durationMs = ((end - start) * 1000) / sampleRateHz;
    if (durationMs >= minGapMs) gaps.push({ startSeconds: start / sampleRateHz, durationMs });
    first = undefined;
  }
  return gaps;
}
