import { type ComplexArray, fftSize, spectrumOf } from './fourier.ts';
import { sampleRateHz } from './samples.ts';

/** Below is hum and the high-pass of voice codecs; above, codecs keep the energy but not the waveform. */
const bandHz = [150, 7500] as const;

/** How far the spectrum is smoothed on both sides. */
const smoothingHz = 150;

/**
 * What lies further below the strongest part counts as not transmitted: 60 dB. A narrowband recording says
 * nothing about the upper half of a source, and must not be compared with it.
 */
const silentRatio = 1e-6;

/** A zero-phase filter: the factor for each frequency. */
export type FrequencyWeight = (frequencyHz: number) => number;

/**
 * Makes the filter that levels out half of the slope of a recording's spectrum, in dB, and keeps only the
 * band in which codecs keep the waveform. Speech has most of its energy below 500 Hz, where any two voices
 * resemble each other by chance; levelled, they do so 5 dB less. Levelling all of the slope would weigh
 * codec noise too much.
 */
export function whiteningFor(recording: Float32Array): FrequencyWeight {
  const size = fftSize(recording.length);
  const spectrum = spectrumOf(recording, size);
  const bins = size / 2;
  const powerUpTo = new Float64Array(bins + 1);
  for (let k = 0; k < bins; k++) {
    powerUpTo[k + 1] = powerUpTo[k]! + spectrum[k * 2]! ** 2 + spectrum[k * 2 + 1]! ** 2;
  }
  const reach = Math.max(1, Math.round((smoothingHz * size) / sampleRateHz));
  const smoothed = (bin: number) => {
    const from = Math.max(0, bin - reach);
    const until = Math.min(bins, bin + reach);
    return (powerUpTo[until]! - powerUpTo[from]!) / (until - from);
  };
  let highest = 0;
  for (let bin = 0; bin < bins; bin += reach) highest = Math.max(highest, smoothed(bin));
  if (highest === 0) return () => 0;
  const shareAt = (hz: number) => smoothed(Math.round((hz * size) / sampleRateHz)) / highest;

  let upperHz: number = bandHz[1];
  while (upperHz > bandHz[0] && shareAt(upperHz) < silentRatio) upperHz -= smoothingHz / 4;
  // Where the band ends below, smoothing has moved its edge up, and its slope is the codec's own.
  if (upperHz < bandHz[1]) upperHz -= 3 * smoothingHz;
  return (hz) => (hz < bandHz[0] || hz > upperHz ? 0 : Math.max(shareAt(hz), silentRatio) ** -0.25);
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
