import { drawsAt } from '../draws.ts';
import type { BurstLossModel } from '../types.ts';

/** Places behind the newest one of which the state is remembered. */
const windowPackets = 2048;

/**
 * A line that is good or bad for each packet, by a chain with two states. The state at a place depends on the seed and
 * the place alone, whatever the order in which it is asked for.
 */
export class BurstLoss {
  readonly #model: BurstLossModel;
  readonly #seed: number;
  readonly #isBad = new Uint8Array(windowPackets);
  #newest = -1;

  constructor(model: BurstLossModel, seed: number) {
    this.#model = model;
    this.#seed = seed;
  }

  /** How likely the packet at that place is lost; places before the first, and long past, have a good line. */
  lossAt(index: number): number {
    while (this.#newest < index) this.#step();
    const { lossInBad = 1, lossInGood = 0 } = this.#model;
    const isKnown = index >= 0 && index > this.#newest - windowPackets;
    return isKnown && this.#isBad[index % windowPackets] === 1 ? lossInBad : lossInGood;
  }

  #step(): void {
    const wasBad = this.#newest >= 0 && this.#isBad[this.#newest % windowPackets] === 1;
    this.#newest += 1;
    const draw = drawsAt(this.#seed, this.#newest)();
    const isBad = wasBad ? draw >= this.#model.toGood : draw < this.#model.toBad;
    this.#isBad[this.#newest % windowPackets] = isBad ? 1 : 0;
  }
}
