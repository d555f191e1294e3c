/** Taps on each side of the middle, for each step of the decimation: -80 dB beyond the new band. */
const reachPerStep = 32;

/**
 * Takes every so many-th sample, after what these cannot carry has been filtered out (a windowed sinc, Hann).
 * @param factor a whole number from 1 on
 * @throws RangeError for another factor
 */
export function decimate(samples: Float32Array, factor: number): Float32Array {
  if (!Number.isInteger(factor) || factor < 1) throw new RangeError(`decimate: by ${factor}`);
  if (factor === 1) return samples.slice();
  const taps = lowPass(factor);
  const middle = taps.length >> 1;
  const fewer = new Float32Array(Math.floor(samples.length / factor));
  for (let n = 0; n < fewer.length; n++) {
    const first = n * factor - middle;
    const until = Math.min(taps.length, samples.length - first);
    let sum = 0;
    for (let k = Math.max(0, -first); k < until; k++) sum += taps[k]! * samples[first + k]!;
    fewer[n] = sum;
  }
  return fewer;
}

/** A little narrower than the new band, so that its edge lies within the filter's slope. */
function lowPass(factor: number): Float64Array {
  const reach = reachPerStep * factor;
  const cutoff = 0.92 / factor;
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => {
    const at = k - reach;
    const sinc = at === 0 ? 1 : Math.sin(Math.PI * cutoff * at) / (Math.PI * cutoff * at);
    return cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * at) / (reach + 1)));
  });
  const sum = taps.reduce((all, tap) => all + tap, 0);
  return taps.map((tap) => tap / sum);
}
