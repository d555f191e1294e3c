/** What becomes of one thing on a line. */
export interface Fate {
  readonly lost: boolean;
  readonly duplicated: boolean;
  /** It goes behind its successor. */
  readonly reordered: boolean;
}

/**
 * Passes things on less orderly than they came. What becomes of which is decided elsewhere; this only does it.
 * One thing waits for its successor at a time: the successor is on time, whatever was decided on it.
 */
export class DisorderedLine<T> {
  readonly #pass: (thing: T) => void;
  /** Waits for its successor to overtake it. */
  #late: readonly T[] = [];

  constructor(pass: (thing: T) => void) {
    this.#pass = pass;
  }

  push(thing: T, { lost, duplicated, reordered }: Fate): void {
    if (lost) return;
    const copies = duplicated ? [thing, thing] : [thing];
    if (reordered && this.#late.length === 0) {
      this.#late = copies;
      return;
    }
    for (const copy of copies) this.#pass(copy);
    this.flush();
  }

  /** Passes on what waits for its successor. */
  flush(): void {
    const late = this.#late;
    this.#late = [];
    for (const copy of late) this.#pass(copy);
  }
}
