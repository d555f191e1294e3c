/** Entries that are kept: half a minute of fifty bots with sound and picture. */
const capacity = 131_072;

/** How late packets and pictures were sent, the newest ones only. */
export class LatenessLog {
  readonly #sentMs = new Float64Array(capacity);
  readonly #lateMs = new Float32Array(capacity);
  #count = 0;

  /** @param sentMs of the monotonic clock */
  add(sentMs: number, lateMs: number): void {
    this.#sentMs[this.#count % capacity] = sentMs;
    this.#lateMs[this.#count % capacity] = lateMs;
    this.#count += 1;
  }

  /** Of all that was sent from a moment on, in order. */
  since(fromMs: number): number[] {
    const late: number[] = [];
    for (let i = Math.max(0, this.#count - capacity); i < this.#count; i += 1) {
      if (this.#sentMs[i % capacity]! >= fromMs) late.push(this.#lateMs[i % capacity]!);
    }
    return late;
  }
}
