import { amplitudeToDb } from './decibels.ts';
import { sampleRateHz } from './samples.ts';

const windowSamples = 960;
const stepSamples = 48;
/** Two onsets of one tone are at least this far apart. */
const leastApartSeconds = 0.3;

/**
 * Finds where a tone that comes and goes begins: where its level over a Hann window of 20 ms passes half of
 * its highest level. Other tones 100 Hz or more away do not disturb. Exact to some milliseconds.
 * @returns sample positions, in order
 */
export function toneOnsets(samples: Float32Array, frequencyHz: number): number[] {
  const levels = toneLevels(samples, frequencyHz);
  const half = levels.reduce((most, level) => Math.max(most, level), 0) / 2;
  const onsets: number[] = [];
  for (let i = 1; i < levels.length; i += 1) {
    if (!(levels[i - 1]! < half && levels[i]! >= half)) continue;
    const at = i * stepSamples + windowSamples / 2;
    const last = onsets.at(-1);
    if (last === undefined || at - last > leastApartSeconds * sampleRateHz) onsets.push(at);
  }
  return onsets;
}

/** The highest level of a tone over a Hann window of 20 ms, in dB of full scale; -120 where there is none. */
export function peakToneDbfs(samples: Float32Array, frequencyHz: number): number {
  const peak = toneLevels(samples, frequencyHz).reduce((most, level) => Math.max(most, level), 0);
  return amplitudeToDb((2 * peak) / windowSamples);
}

function toneLevels(samples: Float32Array, frequencyHz: number): Float64Array {
  const count = Math.max(0, Math.floor((samples.length - windowSamples) / stepSamples) + 1);
  const cosine = new Float64Array(windowSamples);
  const sine = new Float64Array(windowSamples);
  for (let n = 0; n < windowSamples; n += 1) {
    const hann = 1 - Math.cos((2 * Math.PI * n) / windowSamples);
    cosine[n] = hann * Math.cos((2 * Math.PI * frequencyHz * n) / sampleRateHz);
    sine[n] = hann * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz);
  }
  return Float64Array.from({ length: count }, (_, i) => {
    let [re, im] = [0, 0];
    for (let n = 0; n < windowSamples; n += 1) {
      const sample = samples[i * stepSamples + n]!;
      re += sample * cosine[n]!;
      im += sample * sine[n]!;
    }
    return Math.hypot(re, im);
  });
}
