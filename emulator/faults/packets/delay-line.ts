/** What waits beyond this is lost, as in a router whose queue is full. */
const maxWaiting = 4096;

/** Keeps packets back, each for its time, and in order: none comes before the one in front of it. */
export class DelayLine {
  readonly #waiting: { readonly dueMs: number; readonly pass: () => void }[] = [];
  /** Runs while something waits, for the first that does. */
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  push(delayMs: number, pass: () => void): void {
    if (this.#closed || this.#waiting.length >= maxWaiting) return;
    const dueMs = Math.max(performance.now() + delayMs, this.#waiting.at(-1)?.dueMs ?? 0);
    if (delayMs === 0 && this.#waiting.length === 0) {
      pass();
      return;
    }
    this.#waiting.push({ dueMs, pass });
    this.#timer ??= this.#startTimer(dueMs);
  }

  /** What waits is lost. Idempotent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.length = 0;
  }

  #startTimer(dueMs: number): NodeJS.Timeout {
    return setTimeout(() => this.#passDue(), Math.max(0, dueMs - performance.now()));
  }

  #passDue(): void {
    this.#timer = undefined;
    // Timers may be a fraction of a millisecond early.
    const nowMs = performance.now() + 0.5;
    const stillWaits = this.#waiting.findIndex(({ dueMs }) => dueMs > nowMs);
    const due = this.#waiting.splice(0, stillWaits === -1 ? this.#waiting.length : stillWaits);
    for (const { pass } of due) pass();
    const first = this.#waiting[0];
    if (first !== undefined) this.#timer ??= this.#startTimer(first.dueMs);
  }
}
