/** Packets behind the newest one of which it is known whether they came before. */
const windowPackets = 2048;

/** The place of a packet in its flow. */
export interface PacketPlace {
  /** 0 for the first one that came; those sent before it are negative. */
  readonly index: number;
  /** 0 the first time, 1 when the packet is sent again, and so on. */
  readonly attempt: number;
}

/** Counts the packets of one source by their sequence numbers, which wrap after 65535 (RFC 3550 §5.1). */
export class SequenceIndex {
  readonly #attempts = new Uint8Array(windowPackets);
  #newest: PacketPlace['index'] | undefined;
  #newestNumber = 0;

  place(sequenceNumber: number): PacketPlace {
    const newest = this.#newest ?? -1;
    const ahead = this.#newest === undefined ? 1 : nearest(sequenceNumber - this.#newestNumber);
    const index = newest + ahead;
    if (ahead > 0) {
      for (let skipped = Math.max(newest + 1, index - windowPackets + 1); skipped <= index; skipped += 1) {
        this.#attempts[slot(skipped)] = 0;
      }
      this.#newest = index;
      this.#newestNumber = sequenceNumber;
    } else if (index <= newest - windowPackets) return { index, attempt: 0 };
    const attempt = this.#attempts[slot(index)]!;
    this.#attempts[slot(index)] = Math.min(255, attempt + 1);
    return { index, attempt };
  }
}

/** The difference that is at most half of the numbers there are, in either direction. */
function nearest(difference: number): number {
  return ((difference + 0x18000) & 0xffff) - 0x8000;
}

function slot(index: number): number {
  return ((index % windowPackets) + windowPackets) % windowPackets;
}
