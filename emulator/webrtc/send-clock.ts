import { opusClockHz } from '../../media/opus-parameters.ts';

/** A gap in the frames longer than this is a pause, and the timestamps show it. */
const pauseMs = 1000;

/** The numbers of the next packet. */
export interface PacketNumbers {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  /** True on the first packet and after a pause: receivers may adapt their delay there (RFC 3551 §4.1). */
  readonly marker: boolean;
}

/**
 * Numbers outgoing packets: the sequence goes on without a gap, the timestamp by each frame's duration, both
 * from random starts (RFC 3550 §5.1). When nothing was sent for more than a second, the timestamp jumps by
 * the time that passed, or else every listener would take the pause for a delay and keep it.
 *
 * The caller must not send frames it has missed: they would come on top of the jump.
 */
export class SendClock {
  #sequenceNumber: number;
  /** Timestamp of the next frame, were there no pause. */
  #nextTimestamp: number;
  #lastMs: number | undefined;
  #lastTimestamp = 0;
  #lastSamples = 0;

  constructor(firstSequenceNumber: number, firstTimestamp: number) {
    this.#sequenceNumber = firstSequenceNumber;
    this.#nextTimestamp = firstTimestamp;
  }

  /** @param nowMs a monotonic time */
  next(samplesAt48k: number, nowMs: number): PacketNumbers {
    const elapsedMs = this.#lastMs === undefined ? 0 : nowMs - this.#lastMs;
    const paused = elapsedMs > pauseMs;
    const elapsedFrames = Math.round((elapsedMs * opusClockHz) / 1000 / Math.max(1, this.#lastSamples));
    const timestamp = paused
      ? (this.#lastTimestamp + elapsedFrames * this.#lastSamples) % 2 ** 32
      : this.#nextTimestamp;
    const marker = paused || this.#lastMs === undefined;
    const sequenceNumber = this.#sequenceNumber;
    this.#sequenceNumber = (sequenceNumber + 1) % 65536;
    this.#nextTimestamp = (timestamp + samplesAt48k) % 2 ** 32;
    this.#lastTimestamp = timestamp;
    this.#lastSamples = samplesAt48k;
    this.#lastMs = nowMs;
    return { sequenceNumber, timestamp, marker };
  }

  /**
   * The RTP timestamp of a moment, for sender reports; `undefined` before the first packet. A frame is sent
   * when its last sample is over: sound and picture sent in one moment then belong together.
   */
  timestampAt(nowMs: number): number | undefined {
    if (this.#lastMs === undefined) return undefined;
    const samples = Math.round(((nowMs - this.#lastMs) * opusClockHz) / 1000);
    return (this.#lastTimestamp + this.#lastSamples + samples) % 2 ** 32;
  }
}
