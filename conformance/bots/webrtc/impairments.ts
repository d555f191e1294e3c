import { DisorderedLine } from '../../../media/disordered-line.ts';
import { seededRandom } from '../../../media/seeded-random.ts';

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
  readonly #line = new DisorderedLine<T>((thing) => this.#pass(thing));
  #held: T[] | undefined;

  constructor(impairments: Impairments, send: (thing: T) => void) {
    this.#impairments = impairments;
    this.#send = send;
    this.#random = seededRandom(impairments.seed ?? 1);
  }

  push(thing: T): void {
    const { dropProbability = 0, duplicateProbability = 0, reorderProbability = 0 } = this.#impairments;
    // Three draws for each thing, whatever comes of them, or the choices for later ones would move.
    const lost = this.#random() < dropProbability;
    const duplicated = this.#random() < duplicateProbability;
    const reordered = this.#random() < reorderProbability;
    this.#line.push(thing, { lost, duplicated, reordered });
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
