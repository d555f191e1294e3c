import { amplitudeToDb, powerToDb } from './decibels.ts';

/** Root mean square level in dB of full scale; a full-scale sine is -3 dB. Silence and nothing at all: -120. */
export function levelDbfs(samples: Float32Array): number {
  if (samples.length === 0) return powerToDb(0);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return powerToDb(sum / samples.length);
}

/** Highest magnitude in dB of full scale. */
export function peakDbfs(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return amplitudeToDb(peak);
}
