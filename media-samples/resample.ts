/** Zero crossings of the sinc on each side: the stop band lies below -80 dB with this window. */
const zeroCrossings = 32;

/**
 * Brings sound to another sample rate by a windowed sinc (Hann). Slow and exact: for files, not for streams.
 * @returns the same duration at `toHz`, rounded down to whole samples
 */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  const ratio = toHz / fromHz;
  // Downwards, what the new rate cannot carry has to go first.
  const cutoff = Math.min(1, ratio);
  const reach = zeroCrossings / cutoff;
  const out = new Float32Array(Math.floor(samples.length * ratio));
  for (let n = 0; n < out.length; n++) {
    const centre = n / ratio;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let k = first; k <= last; k++) {
      const distance = k - centre;
      sum +=
        samples[k]! * cutoff * sinc(cutoff * distance) * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
    }
    out[n] = sum;
  }
  return out;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
