import { listed, TestingError } from './testing-error.ts';

/**
 * Gives names numbers, so that each has a signature of its own. A name keeps its number when its bot has gone, for
 * as long as there are others: what is still on its way is not taken for somebody else.
 */
export class NumberedNames {
  readonly #count: number;
  readonly #what: string;
  /** Those who left longest ago first. */
  readonly #entries = new Map<string, { readonly number: number; bots: number }>();

  /**
   * @param count how many numbers there are, from 0
   * @param what is given away, for messages: `tones`
   */
  constructor(count: number, what: string) {
    this.#count = count;
    this.#what = what;
  }

  /**
   * The number of a name, from now until it is released as often as it was taken.
   * @throws TestingError where all are in use
   */
  take(name: string): number {
    const entry = this.#entries.get(name) ?? { number: this.#free(), bots: 0 };
    entry.bots += 1;
    this.#entries.set(name, entry);
    return entry.number;
  }

  release(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    entry.bots = Math.max(0, entry.bots - 1);
    this.#entries.delete(name);
    this.#entries.set(name, entry);
  }

  /** Undefined for a number that nobody has. */
  nameOf(number: number): string | undefined {
    return [...this.#entries].find(([, entry]) => entry.number === number)?.[0];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  isInUse(name: string): boolean {
    return (this.#entries.get(name)?.bots ?? 0) > 0;
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  #free(): number {
    if (this.#entries.size < this.#count) return this.#entries.size;
    const left = [...this.#entries].find(([, entry]) => entry.bots === 0);
    if (left === undefined) {
      throw new TestingError(
        `there are ${this.#count} ${this.#what} that can be told apart, and ${listed(this.names)} have them: close one first`,
      );
    }
    this.#entries.delete(left[0]);
    return left[1].number;
  }
}
