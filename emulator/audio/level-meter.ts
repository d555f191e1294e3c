/** What a level says of silence: less than the faintest sound that 16 bits can hold. */
export const silenceDbfs = -100;

/** How much of the newest sound a level is of: 100 ms at 48 kHz. */
const windowSamples = 4800;
const fullScale = 32768;

/** Measures how loud the newest sound is: the root of the mean square over about 100 ms. */
export class LevelMeter {
  /** Sum of squares and length of each block in the window, oldest first. */
  readonly #blocks: { readonly squares: number; readonly samples: number }[] = [];
  #squares = 0;
  #samples = 0;

  /** @param pcm the next block, 48 kHz mono */
  add(pcm: Int16Array): void {
    let squares = 0;
    for (let i = 0; i < pcm.length; i += 1) squares += pcm[i]! * pcm[i]!;
    this.#blocks.push({ squares, samples: pcm.length });
    this.#squares += squares;
    this.#samples += pcm.length;
    while (this.#samples - this.#blocks[0]!.samples >= windowSamples) {
      const oldest = this.#blocks.shift()!;
      // Sums of whole numbers below 2^53: nothing is lost by taking away what was added.
      this.#squares -= oldest.squares;
      this.#samples -= oldest.samples;
    }
  }

  /** In dBFS: 0 is a square wave at full scale, so that a sine reads 3 dB less than its peak. */
  get dbfs(): number {
    if (this.#squares === 0) return silenceDbfs;
    return Math.max(silenceDbfs, 10 * Math.log10(this.#squares / this.#samples / fullScale ** 2));
  }
}
