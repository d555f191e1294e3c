/** Brings a wide sum into the range of 16 bits. It may have a memory: one limiter belongs to one track. */
export interface Limiter {
  /** @param wide sum of frames; @param out as many samples, never wrapped */
  limit(wide: Int32Array, out: Int16Array): void;
}

const fullScale = 32767;
/** The gain comes back by this share of what is missing, each 20 ms. */
const releaseShare = 0.15;
/** The gain goes down over this many samples (1 ms). */
const attackSamples = 48;

/**
 * Turns a track down, as a whole and only while it is needed, when the sum of loud members passes full
 * scale. The peak of a block is known before the block is played, so there is no overshoot to cut and
 * nothing to wait for. What fits is passed on bit by bit.
 */
export class PeakLimiter implements Limiter {
  #gain = 1;

  limit(wide: Int32Array, out: Int16Array): void {
    const peak = peakOf(wide);
    const from = this.#gain;
    const needed = peak > fullScale ? fullScale / peak : 1;
    const released = from + (1 - from) * Math.min(1, (releaseShare * wide.length) / 960);
    const to = Math.min(needed, released > 0.999 ? 1 : released);
    this.#gain = to;
    if (from === 1 && to === 1) {
      for (let i = 0; i < wide.length; i += 1) out[i] = wide[i]!;
      return;
    }
    const rampSamples = to < from ? Math.min(attackSamples, wide.length) : wide.length;
    const step = (to - from) / rampSamples;
    let gain = from;
    for (let i = 0; i < rampSamples; i += 1) {
      gain += step;
      const sample = Math.round(wide[i]! * gain);
      // Only the first millisecond of an attack can still be too high.
      out[i] = sample > fullScale ? fullScale : sample < -fullScale ? -fullScale : sample;
    }
    for (let i = rampSamples; i < wide.length; i += 1) out[i] = roundInRange(wide[i]! * to);
  }
}

/** `Math.round` for -65536 to 65536, several times as fast: the shift to positive makes truncation a floor. */
function roundInRange(value: number): number {
  return ((value + 65536.5) | 0) - 65536;
}

function peakOf(wide: Int32Array): number {
  let peak = 0;
  for (let i = 0; i < wide.length; i += 1) {
    const magnitude = Math.abs(wide[i]!);
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}
