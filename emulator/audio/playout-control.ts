/** What the control of a jitter buffer goes by. */
export interface PlayoutControlOptions {
  /** How early a packet shall at least be there when its turn comes, in ms. */
  readonly earlinessFloorMs: number;
  /** Samples of 48 kHz that are played at a time. */
  readonly blockSamples: number;
}

const calmWindowMs = 2000;
/** After a packet came too late, the delay is not brought down again before so long. */
const cautiousWindowMs = 10_000;

/**
 * Decides when a jitter buffer may shorten its delay.
 *
 * It goes by earliness: how long a packet had been there when its turn came. A block can only be played
 * whole, so the least earliness over some seconds says whether playing a whole block sooner would still
 * have been in time. The other way needs no decision: when a packet comes too late, what is played in its
 * place has lengthened the delay already.
 */
export class PlayoutControl {
  readonly #sparedMs: number;
  #leastEarlinessMs = Number.POSITIVE_INFINITY;
  #windowStartMs: number | undefined;
  #windowMs = calmWindowMs;

  constructor({ earlinessFloorMs, blockSamples }: PlayoutControlOptions) {
    // The second floor is what `shorten` may take more than asked.
    this.#sparedMs = 2 * earlinessFloorMs + blockSamples / 48;
  }

  /** Tells of a packet whose turn has come. */
  played(earlinessMs: number): void {
    if (earlinessMs < this.#leastEarlinessMs) this.#leastEarlinessMs = earlinessMs;
  }

  /** Tells that there was no packet when one was due. */
  starved(nowMs: number): void {
    this.#restartWindow(nowMs, cautiousWindowMs);
  }

  /** @returns true, once for each block that the delay is too long by */
  mayShorten(nowMs: number): boolean {
    if (this.#windowStartMs === undefined) this.#restartWindow(nowMs, calmWindowMs);
    if (nowMs - this.#windowStartMs! < this.#windowMs) return false;
    const least = this.#leastEarlinessMs;
    this.#restartWindow(nowMs, calmWindowMs);
    return least > this.#sparedMs && least < Number.POSITIVE_INFINITY;
  }

  #restartWindow(nowMs: number, windowMs: number): void {
    this.#windowStartMs = nowMs;
    this.#windowMs = windowMs;
    this.#leastEarlinessMs = Number.POSITIVE_INFINITY;
  }
}
