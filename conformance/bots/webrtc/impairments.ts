/** What a bot does to its packets on purpose; all probabilities are 0 to 1 and 0 by default. */
export interface Impairments {
  readonly dropProbability?: number;
  readonly duplicateProbability?: number;
  /** The packet is sent after its successor. */
  readonly reorderProbability?: number;
  /** The same seed makes the same choices; default 1. */
  readonly seed?: number;
}

/**
 * Passes things on, less orderly than they came. The choices depend on the seed and on the count of things
 * alone.
 */
export class ImpairedLine<T> {
  readonly #impairments: Impairments;
  readonly #send: (thing: T) => void;
  readonly #random: () => number;
  /** Waits for its successor to overtake it. */
  #late: T[] = [];
  #held: T[] | undefined;

  constructor(impairments: Impairments, send: (thing: T) => void) {
    this.#impairments = impairments;
    this.#send = send;
    this.#random = seededRandom(impairments.seed ?? 1);
  }

  push(thing: T): void {
    const { dropProbability = 0, duplicateProbability = 0, reorderProbability = 0 } = this.#impairments;
    // Three draws for each thing, whatever comes of them, or the choices for later ones would move.
    const drop = this.#random() < dropProbability;
    const duplicate = this.#random() < duplicateProbability;
    const reorder = this.#random() < reorderProbability;
    if (drop) return;
    const copies = duplicate ? [thing, thing] : [thing];
    if (reorder && this.#late.length === 0) {
      this.#late = copies;
      return;
    }
    for (const copy of [...copies, ...this.#late]) this.#pass(copy);
    this.#late = [];
  }

  /** Passes a thing on unimpaired, behind what is kept back: the choices for others do not move. */
  pushAgain(thing: T): void {
    this.#pass(thing);
  }

  /** Keeps everything back, like a line that hangs. Idempotent. */
  hold(): void {
    this.#held ??= [];
  }

  /** Passes all that was kept back on at once, in order, and goes on. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const thing of held) this.#send(thing);
  }

  #pass(thing: T): void {
    if (this.#held === undefined) this.#send(thing);
    else this.#held.push(thing);
  }
}

/** Numbers from 0 to below 1 that a seed repeats (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
