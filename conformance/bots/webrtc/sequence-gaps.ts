/** A jump further than this is no gap that could be filled. */
const maxGap = 200;

/** Finds the packets of one stream that did not come, when the next one does. */
export class SequenceGaps {
  #ssrc: number | undefined;
  #highest = 0;

  /** @returns the sequence numbers between the highest so far and this one, ascending; each is named once */
  add(ssrc: number, sequenceNumber: number): number[] {
    const ahead = (sequenceNumber - this.#highest) & 0xffff;
    const late = ahead === 0 || ahead >= 0x8000;
    const known = ssrc === this.#ssrc;
    if (known && late) return [];
    const from = this.#highest;
    this.#ssrc = ssrc;
    this.#highest = sequenceNumber;
    if (!known || ahead > maxGap) return [];
    return Array.from({ length: ahead - 1 }, (_, index) => (from + 1 + index) & 0xffff);
  }
}
