import { videoClockHz } from '../../media/rtp-video-packet.ts';

const ticksPerMs = videoClockHz / 1000;
/** Timestamps and the time that passed may differ by so much before it counts as a change of source. */
const maxDriftTicks = videoClockHz;

/**
 * Carries the timestamps of whatever source over into one stream: they go on as the source's do, and where
 * the source changes (its timestamps jump by more than a second, or back) by the time that passed.
 */
export class VideoClock {
  #lastSource: number | undefined;
  #lastMs = 0;
  #last: number;

  /** @param firstTimestamp of the stream, random (RFC 3550 §5.1) */
  constructor(firstTimestamp: number) {
    this.#last = firstTimestamp;
  }

  /**
   * @param timestamp90k of the source
   * @param nowMs a monotonic time
   * @returns the timestamp to send, 0 to 2^32 - 1
   */
  next(timestamp90k: number, nowMs: number): number {
    const source = Math.round(timestamp90k);
    if (this.#lastSource !== undefined) {
      const elapsed = Math.round((nowMs - this.#lastMs) * ticksPerMs);
      // Wraps of the source's 32 bits are no step back.
      const step = (source - this.#lastSource) | 0;
      const follows = step >= 0 && Math.abs(step - elapsed) <= maxDriftTicks;
      this.#last = (this.#last + (follows ? step : Math.max(1, elapsed))) % 2 ** 32;
    }
    this.#lastSource = source;
    this.#lastMs = nowMs;
    return this.#last;
  }

  /** The RTP timestamp of a moment, for sender reports; `undefined` before the first picture. */
  timestampAt(nowMs: number): number | undefined {
    if (this.#lastSource === undefined) return undefined;
    return (this.#last + Math.round((nowMs - this.#lastMs) * ticksPerMs)) % 2 ** 32;
  }
}
