import type { AccessUnit } from '../../media/h264/access-unit.ts';

/** Access units that wait: 3 s at 25 pictures per second. */
const maxWaiting = 75;
const maxWaitingBytes = 4 * 1024 * 1024;

/**
 * Access units that can be decoded and are not yet, without a gap: each follows the one before, or is a
 * keyframe. A keyframe makes those before it needless only where nobody looks at them.
 *
 * Where it gets too full, all of it is dropped, and it begins again with the next keyframe: a slow decoder
 * is never given more than it can work off, and a room that nobody watches has little to catch up on.
 */
export class AccessUnitQueue {
  #waiting: AccessUnit[] = [];
  #bytes = 0;
  #inOrder = false;

  /** True: nothing can be decoded until a keyframe comes. */
  get needsKeyframe(): boolean {
    return !this.#inOrder;
  }

  /** @returns false where the access unit cannot be decoded and is left out */
  push(accessUnit: AccessUnit): boolean {
    if (!accessUnit.complete) {
      this.#inOrder = false;
      return false;
    }
    if (accessUnit.keyframe) {
      // A decoder may begin here, whatever is missing.
      this.#clear();
      this.#inOrder = true;
    }
    if (!this.#inOrder) return false;
    this.#waiting.push(accessUnit);
    this.#bytes += accessUnit.data.length;
    if (this.#waiting.length <= maxWaiting && this.#bytes <= maxWaitingBytes) return true;
    this.restart();
    return false;
  }

  /** Hands out what waits. */
  take(): AccessUnit[] {
    const waiting = this.#waiting;
    this.#clear();
    return waiting;
  }

  /** Drops what waits; only a keyframe goes on. */
  restart(): void {
    this.#clear();
    this.#inOrder = false;
  }

  #clear(): void {
    this.#waiting = [];
    this.#bytes = 0;
  }
}
