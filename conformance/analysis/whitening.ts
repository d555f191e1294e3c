import type { ComplexArray } from './fourier.ts';
import { sampleRateHz } from './samples.ts';

/** Below is hum and the high-pass of voice codecs; above, codecs keep the energy but not the waveform. */
const bandHz = [150, 7500] as const;

/** The band that every Opus bandwidth transmits: what the two spectra are compared by. */
const sureBandHz = [300, 3000] as const;

/** How far spectra are smoothed on both sides. */
const smoothingHz = 150;

/** Above the sure band, a recording that falls 15 dB below its sources has come to the end of its band. */
const missingRatio = 0.03;

/** Parts of the spectrum further below the strongest than 60 dB are not raised any more. */
const lowestShare = 1e-6;

/** A zero-phase filter: the factor for each frequency. */
export type FrequencyWeight = (frequencyHz: number) => number;

/**
 * Makes the filter through which a recording and its possible sources are compared. It levels out half of the
 * slope of the recording's spectrum, in dB: speech has most of its energy below 500 Hz, where any two voices
 * resemble each other by chance; levelled, they do so 5 dB less. (Levelling all of it would weigh codec noise
 * too much.) And it ends where the recording's band ends: a narrowband recording says nothing about the upper
 * half of a source.
 * @param recording its spectrum
 * @param sources the spectra of one round of each, of the same size
 */
export function whiteningFor(recording: ComplexArray, sources: readonly ComplexArray[]): FrequencyWeight {
  const heard = smoothedPower(recording);
  const parts = sources.map(smoothedPower);
  const sent = (hz: number) => parts.reduce((sum, power) => sum + power(hz), 0);

  let [heardSum, sentSum, highest] = [0, 0, 0];
  for (let hz: number = bandHz[0]; hz < bandHz[1]; hz += smoothingHz) {
    highest = Math.max(highest, heard(hz));
    if (hz < sureBandHz[0] || hz > sureBandHz[1]) continue;
    heardSum += heard(hz);
    sentSum += sent(hz);
  }
  if (highest === 0) return () => 0;

  const isMissing = (hz: number) => heard(hz) * sentSum < missingRatio * sent(hz) * heardSum;
  let upperHz: number = sureBandHz[1];
  while (upperHz < bandHz[1] && !isMissing(upperHz)) upperHz += smoothingHz / 4;
  // Smoothing moves the edge up, and resamplers fold what is near it.
  if (upperHz < bandHz[1]) upperHz -= 3 * smoothingHz;
  return (hz) => (hz < bandHz[0] || hz > upperHz ? 0 : Math.max(heard(hz) / highest, lowestShare) ** -0.25);
}

/** Mean power around a frequency. */
function smoothedPower(spectrum: ComplexArray): (frequencyHz: number) => number {
  const size = spectrum.length / 2;
  const bins = size / 2;
  const powerUpTo = new Float64Array(bins + 1);
  for (let k = 0; k < bins; k++) {
    powerUpTo[k + 1] = powerUpTo[k]! + spectrum[k * 2]! ** 2 + spectrum[k * 2 + 1]! ** 2;
  }
  const reach = Math.max(1, Math.round((smoothingHz * size) / sampleRateHz));
  return (hz) => {
    const bin = Math.round((hz * size) / sampleRateHz);
    const from = Math.max(0, bin - reach);
    const until = Math.min(bins, bin + reach);
    return (powerUpTo[until]! - powerUpTo[from]!) / (until - from);
  };
}

/** Applies a zero-phase filter to a full spectrum, in place. */
export function applyWeight(spectrum: ComplexArray, weight: FrequencyWeight): void {
  const size = spectrum.length / 2;
  for (let k = 0; k <= size / 2; k++) {
    const factor = weight((k * sampleRateHz) / size);
    for (const bin of k === 0 || k === size / 2 ? [k] : [k, size - k]) {
      spectrum[bin * 2]! *= factor;
      spectrum[bin * 2 + 1]! *= factor;
    }
  }
}
