/**
 * How far back a packet may come late and still be told from a replay: as far as video is asked for again,
 * some hundreds of packets for a large keyframe.
 */
export const windowPackets = 1024;

/** A packet's place in its stream. */
export interface EstimatedIndex {
  readonly rollover: number;
  /** `rollover` and sequence number in one: never wraps in practice. */
  readonly index: number;
}

/**
 * Follows the sequence numbers of one incoming stream: estimates the rollover counter that is not on the
 * wire, and knows packets it has seen (RFC 3711 §3.3.1, §3.3.2 and appendix A).
 *
 * `estimate` first, then `accept` once the packet proved to be genuine, so that forged packets move nothing.
 */
export class ReceiveIndex {
  /** The highest index accepted; -1 before the first packet. */
  #highest = -1;
  /** The indices last seen, each at its remainder. */
  readonly #seen = new Float64Array(windowPackets).fill(-1);

  /** @returns `undefined` for a packet that was seen before or is too old to tell */
  estimate(sequenceNumber: number): EstimatedIndex | undefined {
    const rollover = this.#estimateRollover(sequenceNumber);
    if (rollover < 0) return undefined;
    const index = rollover * 65536 + sequenceNumber;
    if (index <= this.#highest - windowPackets) return undefined;
    if (this.#seen[index % windowPackets] === index) return undefined;
    return { rollover, index };
  }

  accept({ index }: EstimatedIndex): void {
    this.#seen[index % windowPackets] = index;
    if (index > this.#highest) this.#highest = index;
  }

  #estimateRollover(sequenceNumber: number): number {
    if (this.#highest < 0) return 0;
    const rollover = Math.floor(this.#highest / 65536);
    const distance = sequenceNumber - (this.#highest % 65536);
    if (distance > 32768) return rollover - 1;
    if (distance < -32768) return rollover + 1;
    return rollover;
  }
}
