/** What the control of a jitter buffer goes by. */
export interface PlayoutControlOptions {
  /** How early a packet shall at least be there when its turn comes, in ms. */
  readonly earlinessFloorMs: number;
  /** Samples of 48 kHz that are played at a time. */
  readonly blockSamples: number;
}

const shortestWindowMs = 1000;
const longestWindowMs = 16_000;
/** Less than this (10 ms) is not worth a cut. */
const leastCutSamples = 480;

/**
 * Decides when a jitter buffer may shorten its delay, and by how much.
 *
 * It goes by two things. Earliness: how long a packet had been there when its turn came. A block can only be
 * played whole, so the least earliness over a window says how many blocks sooner would still have been in
 * time. And what was left over of decoded sound when a block had been played: it waits for nothing.
 *
 * The other way needs no decision: when a packet comes too late, what is played in its place has lengthened
 * the delay already. Where that happens soon after the delay was shortened, the network was not as calm as
 * it seemed, and the next window is twice as long.
 */
export class PlayoutControl {
  readonly #marginMs: number;
  readonly #blockSamples: number;
  #leastEarlinessMs = Number.POSITIVE_INFINITY;
  #leastLeftSamples = Number.POSITIVE_INFINITY;
  #windowStartMs: number | undefined;
  #windowMs = shortestWindowMs;
  #shortenedAtMs = Number.NEGATIVE_INFINITY;

  constructor({ earlinessFloorMs, blockSamples }: PlayoutControlOptions) {
    // Half as much again as the floor, so that not every ripple undoes a cut.
    this.#marginMs = 1.5 * earlinessFloorMs;
    this.#blockSamples = blockSamples;
  }

  /** Tells of a packet whose turn has come. */
  played(earlinessMs: number): void {
    if (earlinessMs < this.#leastEarlinessMs) this.#leastEarlinessMs = earlinessMs;
  }

  /** Tells how much decoded sound was left when a block had been taken. */
  left(samples: number): void {
    if (samples < this.#leastLeftSamples) this.#leastLeftSamples = samples;
  }

  /** Tells that there was no packet when one was due. */
  starved(nowMs: number): void {
    if (nowMs - this.#shortenedAtMs < longestWindowMs) {
      this.#windowMs = Math.min(longestWindowMs, 2 * this.#windowMs);
      this.#shortenedAtMs = Number.NEGATIVE_INFINITY;
    }
    this.#restartWindow(nowMs);
  }

  /** @returns at the end of a window how many samples may be cut out; `undefined` in between */
  samplesToSpare(nowMs: number): number | undefined {
    if (this.#windowStartMs === undefined) this.#restartWindow(nowMs);
    if (nowMs - this.#windowStartMs! < this.#windowMs) return undefined;
    const earlinessMs = this.#leastEarlinessMs;
    const leftSamples = this.#leastLeftSamples;
    this.#restartWindow(nowMs);
    if (earlinessMs === Number.POSITIVE_INFINITY) return 0;
    const blocks = Math.max(0, Math.floor(((earlinessMs - this.#marginMs) * 48) / this.#blockSamples));
    const spare = blocks * this.#blockSamples + leftSamples;
    if (spare < leastCutSamples) {
      this.#windowMs = Math.max(shortestWindowMs, this.#windowMs / 2);
      return 0;
    }
    if (blocks > 0) this.#shortenedAtMs = nowMs;
    return spare;
  }

  #restartWindow(nowMs: number): void {
    this.#windowStartMs = nowMs;
    this.#leastEarlinessMs = Number.POSITIVE_INFINITY;
    this.#leastLeftSamples = Number.POSITIVE_INFINITY;
  }
}
