/** What the control of a jitter buffer goes by. */
export interface PlayoutControlOptions {
  /** How early a packet shall at least be there when its turn comes, in ms. */
  readonly earlinessFloorMs: number;
  /** Samples of 48 kHz that are played at a time. */
  readonly blockSamples: number;
}

/** Samples added to or taken from a block at most: 0.4 % of speed, too little to be heard as pitch. */
const maxStretchShare = 1 / 240;
const calmWindowMs = 2000;
/** After a packet came too late, the delay is not brought down again before so long. */
const cautiousWindowMs = 10_000;

/**
 * Keeps the delay of a jitter buffer as short as the network lets it be, and sound even when clocks drift.
 *
 * It goes by earliness: how long a packet had been there when its turn came. A block can only be played
 * whole, so the least earliness over some seconds says whether playing a whole block sooner would still
 * have been in time; then the delay is brought down by one block. Where packets come only just in time
 * (a sender whose clock is slow), it is brought up by one. Both happen by playing a little faster or
 * slower, not by a jump.
 */
export class PlayoutControl {
  readonly #floorMs: number;
  readonly #blockSamples: number;
  readonly #blockMs: number;
  /** Samples still to be skipped (positive) or inserted (negative). */
  #pending = 0;
  #leastEarlinessMs = Number.POSITIVE_INFINITY;
  #windowStartMs: number | undefined;
  #windowMs = calmWindowMs;

  constructor(options: PlayoutControlOptions) {
    this.#floorMs = options.earlinessFloorMs;
    this.#blockSamples = options.blockSamples;
    this.#blockMs = options.blockSamples / 48;
  }

  /** Tells of a packet whose turn has come. */
  played(earlinessMs: number): void {
    if (earlinessMs < this.#leastEarlinessMs) this.#leastEarlinessMs = earlinessMs;
  }

  /** Tells that there was no packet when one was due: the delay has just grown by what was invented. */
  starved(nowMs: number): void {
    this.#pending = 0;
    this.#restartWindow(nowMs, cautiousWindowMs);
  }

  /**
   * @returns by how many samples the next block shall be played faster (positive) or slower (negative)
   */
  stretch(nowMs: number): number {
    if (this.#pending === 0) this.#decide(nowMs);
    if (this.#pending === 0) return 0;
    const most = Math.max(1, Math.floor(this.#blockSamples * maxStretchShare));
    const step = Math.max(-most, Math.min(most, this.#pending));
    this.#pending -= step;
    if (this.#pending === 0) this.#restartWindow(nowMs, calmWindowMs);
    return step;
  }

  #decide(nowMs: number): void {
    if (this.#windowStartMs === undefined) this.#restartWindow(nowMs, calmWindowMs);
    if (nowMs - this.#windowStartMs! < this.#windowMs) return;
    const least = this.#leastEarlinessMs;
    this.#restartWindow(nowMs, calmWindowMs);
    if (least === Number.POSITIVE_INFINITY) return;
    if (least > 2 * this.#floorMs + this.#blockMs) this.#pending = this.#blockSamples;
    else if (least < this.#floorMs / 5) this.#pending = -this.#blockSamples;
  }

  #restartWindow(nowMs: number, windowMs: number): void {
    this.#windowStartMs = nowMs;
    this.#windowMs = windowMs;
    this.#leastEarlinessMs = Number.POSITIVE_INFINITY;
  }
}
