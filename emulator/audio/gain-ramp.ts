/**
 * The gain of one contribution: 1 or 0, and a straight line over a few milliseconds in between, so that
 * join, leave and mute do not click. At a gain of 1 samples are left as they are, bit by bit.
 */
export class GainRamp {
  readonly #step: number;
  #gain = 0;
  #target = 0;

  /** @param rampSamples samples of 48 kHz from silence to full; 0 switches at once */
  constructor(rampSamples: number) {
    this.#step = rampSamples > 0 ? 1 / rampSamples : 1;
  }

  /** True: whatever comes is silence. */
  get silent(): boolean {
    return this.#gain === 0 && this.#target === 0;
  }

  /** Goes to silence at once: where nothing is played, there is nothing to ramp. */
  settle(): void {
    this.#gain = 0;
  }

  /** Sets where the gain shall go from here. */
  aim(open: boolean): void {
    this.#target = open ? 1 : 0;
  }

  /** Applies the gain in place. */
  apply(samples: Int16Array): void {
    if (this.#gain === 1 && this.#target === 1) return;
    for (let i = 0; i < samples.length; i += 1) {
      if (this.#gain !== this.#target) {
        this.#gain =
          this.#target > this.#gain
            ? Math.min(this.#target, this.#gain + this.#step)
            : Math.max(this.#target, this.#gain - this.#step);
      }
      samples[i] = Math.round(samples[i]! * this.#gain);
    }
  }
}
