/** The part of a receiver report that says what was lost (RFC 3550 §6.4.1). */
export interface LossReport {
  readonly ssrc: number;
  /** Since the last report, in 1/256. */
  readonly fractionLost: number;
  readonly packetsLost: number;
  readonly highestSequence: number;
}

/** Counts the packets of one stream; another SSRC starts anew. */
export class ReceptionCount {
  #ssrc: number | undefined;
  #first = 0;
  #highest = 0;
  #received = 0;
  #reported = { expected: 0, received: 0 };

  add(ssrc: number, sequenceNumber: number): void {
    if (ssrc !== this.#ssrc) {
      this.#ssrc = ssrc;
      this.#first = sequenceNumber;
      this.#highest = sequenceNumber;
      this.#received = 0;
      this.#reported = { expected: 0, received: 0 };
    }
    // Nearest to the highest so far: wraps forward, late packets count backward.
    const ahead = ((sequenceNumber - this.#highest) << 16) >> 16;
    this.#highest = Math.max(this.#highest, this.#highest + ahead);
    this.#received += 1;
  }

  /** `undefined` before the first packet. */
  report(): LossReport | undefined {
    if (this.#ssrc === undefined) return undefined;
    const expected = this.#highest - this.#first + 1;
    const expectedSince = expected - this.#reported.expected;
    const lostSince = expectedSince - (this.#received - this.#reported.received);
    this.#reported = { expected, received: this.#received };
    return {
      ssrc: this.#ssrc,
      fractionLost: lostSince > 0 ? Math.min(255, Math.floor((lostSince * 256) / expectedSince)) : 0,
      packetsLost: Math.min(Math.max(0, expected - this.#received), 0x7fffff),
      highestSequence: this.#highest % 2 ** 32,
    };
  }
}
