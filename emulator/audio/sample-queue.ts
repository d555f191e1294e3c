/** First-in first-out queue of 48 kHz mono samples; its memory grows to what is needed and is used again. */
export class SampleQueue {
  #samples = new Int16Array(8192);
  /** Index of the oldest sample; `#start + #length` never passes the end of the array. */
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(samples: Int16Array): void {
    this.#makeRoom(samples.length);
    this.#samples.set(samples, this.#start + this.#length);
    this.#length += samples.length;
  }

  /**
   * Takes the oldest `count` samples.
   * @returns a view that is valid until the next call of `push`
   * @throws RangeError where the queue holds fewer
   */
  take(count: number): Int16Array {
    if (count > this.#length) {
      throw new RangeError(`SampleQueue.take: asked for ${count} samples, holds ${this.#length}`);
    }
    const taken = this.#samples.subarray(this.#start, this.#start + count);
    this.#start += count;
    this.#length -= count;
    return taken;
  }

  clear(): void {
    this.#start = 0;
    this.#length = 0;
  }

  #makeRoom(count: number): void {
    if (this.#start + this.#length + count <= this.#samples.length) return;
    const kept = this.#samples.subarray(this.#start, this.#start + this.#length);
    if (this.#length + count > this.#samples.length) {
      const larger = new Int16Array(2 * (this.#length + count));
      larger.set(kept);
      this.#samples = larger;
    } else {
      this.#samples.copyWithin(0, this.#start, this.#start + this.#length);
    }
    this.#start = 0;
  }
}
