import { amplitudeToDb } from './decibels.ts';
import { findLag, type LagOptions } from './lag.ts';

/** How much of a known signal is in a recording. */
export interface Projection {
  /**
   * ⟨recording, reference⟩ / ⟨reference, reference⟩ at the best lag: 0 dB where the reference is in it as loud
   * as it was sent, whatever else is in it. (A normalised correlation would say 1/√K for one of K equal
   * sources.)
   */
  readonly gainDb: number;
  /** Normalised correlation at that lag, -1 to 1. */
  readonly correlation: number;
  readonly lagSamples: number;
  /** How clear the lag is, see `findLag`. */
  readonly peakRatio: number;
}

/**
 * Projection gain of one known signal in a recording, at the lag that fits best. Its floor is what the other
 * sources and the codec have in common with the signal by chance, -20 to -30 dB beside other voices: where all
 * sources are known, `jointProjection` (speech) and `levelsOf` (tones) see 10 to 50 dB further down.
 *
 * @throws RangeError for an empty recording or reference
 */
export function projectionGain(
  recording: Float32Array,
  reference: Float32Array,
  options: LagOptions = {},
): Projection {
  const { lagSamples, peakRatio } = findLag(recording, reference, options);
  let product = 0;
  let referenceEnergy = 0;
  let recordingEnergy = 0;
  for (let n = 0; n < recording.length; n++) {
    const sample = referenceAt(reference, n - lagSamples, options.periodic ?? false);
    if (sample === undefined) continue;
    product += recording[n]! * sample;
    referenceEnergy += sample * sample;
    recordingEnergy += recording[n]! ** 2;
  }
  const energy = Math.sqrt(referenceEnergy * recordingEnergy);
  return {
    gainDb: amplitudeToDb(referenceEnergy > 0 ? product / referenceEnergy : 0),
    correlation: energy > 0 ? product / energy : 0,
    lagSamples,
    peakRatio,
  };
}

function referenceAt(reference: Float32Array, n: number, periodic: boolean): number | undefined {
  if (!periodic) return n >= 0 ? reference[n] : undefined;
  return reference[((n % reference.length) + reference.length) % reference.length];
}
