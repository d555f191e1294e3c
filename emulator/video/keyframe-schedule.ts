/** All who ask within this time get one keyframe. */
const shareMs = 200;
/** Without being asked, a keyframe comes so often. */
const intervalMs = 2000;

/** Decides which pictures become keyframes. */
export class KeyframeSchedule {
  #requested = false;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** A new viewer came, or one lost something (PLI). */
  request(): void {
    this.#requested = true;
  }

  /** @param changed true where the layout is another one than in the picture before: never waits */
  isDue(nowMs: number, changed: boolean): boolean {
    const sinceMs = nowMs - this.#lastMs;
    return changed || sinceMs >= intervalMs || (this.#requested && sinceMs >= shareMs);
  }

  /** A keyframe is made: it serves all who asked so far. */
  made(nowMs: number): void {
    this.#lastMs = nowMs;
    this.#requested = false;
  }
}
