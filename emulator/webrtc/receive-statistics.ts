import { opusClockHz } from '../../media/opus-parameters.ts';

/** What a receiver report says of a stream (RFC 3550 §6.4.1). */
export interface ReceptionReport {
  readonly ssrc: number;
  /** Lost since the last report, in 1/256. */
  readonly fractionLost: number;
  /** Lost since the beginning, 0 to 2^23 - 1. */
  readonly packetsLost: number;
  /** Highest sequence number with its wraps. */
  readonly highestSequence: number;
  /** Interarrival jitter in timestamp units. */
  readonly jitter: number;
}

/** A jump further than this is another stream under the same number, not loss (RFC 3550 appendix A.1). */
const maxDropout = 3000;

/**
 * Counts what came in of a stream: packets, loss and interarrival jitter (RFC 3550 §6.4.1, appendix A.3 and
 * A.8). A new SSRC starts new sequence numbers, and the loss before is kept in the sum.
 */
export class ReceiveStatistics {
  packets = 0;
  /** Payload bytes. */
  bytes = 0;
  readonly #clockHz: number;
  #ssrc: number | undefined;
  #first = 0;
  #highest = 0;
  #received = 0;
  #lostBefore = 0;
  #jitter = 0;
  #transit: number | undefined;
  /** Expected and received at the last report. */
  #reported = { expected: 0, received: 0 };

  /** @param clockHz of the timestamps */
  constructor(clockHz = opusClockHz) {
    this.#clockHz = clockHz;
  }

  /** Counts a packet that arrived at `arrivalMs`, a monotonic time. */
  add(
    packet: { ssrc: number; sequenceNumber: number; timestamp: number; payload: Buffer },
    arrivalMs: number,
  ): void {
    this.packets += 1;
    this.bytes += packet.payload.length;
    const ahead = signed16(packet.sequenceNumber - this.#highest);
    if (packet.ssrc !== this.#ssrc || Math.abs(ahead) > maxDropout) this.#startStream(packet);
    else if (ahead > 0) this.#highest += ahead;
    this.#received += 1;
    this.#addTransit(arrivalMs, packet.timestamp);
  }

  /** Packets that never came, over all streams; duplicates make up for loss, as RFC 3550 has it. */
  get packetsLost(): number {
    return this.#lostBefore + Math.max(0, this.#expected - this.#received);
  }

  get jitterMs(): number {
    return (this.#jitter * 1000) / this.#clockHz;
  }

  /** Of the stream that came last; `undefined` before the first packet. */
  get ssrc(): number | undefined {
    return this.#ssrc;
  }

  /** What to tell the sender; `undefined` before the first packet. */
  report(): ReceptionReport | undefined {
    if (this.#ssrc === undefined) return undefined;
    const expected = this.#expected - this.#reported.expected;
    const lost = expected - (this.#received - this.#reported.received);
    this.#reported = { expected: this.#expected, received: this.#received };
    return {
      ssrc: this.#ssrc,
      fractionLost: expected > 0 && lost > 0 ? Math.min(255, Math.floor((lost * 256) / expected)) : 0,
      packetsLost: Math.min(this.packetsLost, 0x7fffff),
      highestSequence: this.#highest % 2 ** 32,
      jitter: Math.floor(this.#jitter),
    };
  }

  get #expected(): number {
    return this.#ssrc === undefined ? 0 : this.#highest - this.#first + 1;
  }

  #startStream({ ssrc, sequenceNumber }: { ssrc: number; sequenceNumber: number }): void {
    this.#lostBefore = this.packetsLost;
    this.#ssrc = ssrc;
    this.#first = sequenceNumber;
    this.#highest = sequenceNumber;
    this.#received = 0;
    this.#transit = undefined;
    this.#reported = { expected: 0, received: 0 };
  }

  #addTransit(arrivalMs: number, timestamp: number): void {
    const transit = Math.round((arrivalMs * this.#clockHz) / 1000) - timestamp;
    if (this.#transit !== undefined) {
      // Modulo 2^32, since the timestamp wraps within a day.
      const difference = Math.abs((transit - this.#transit) | 0);
      this.#jitter += (difference - this.#jitter) / 16;
    }
    this.#transit = transit;
  }
}

/** A difference of 16-bit numbers, -32768 to 32767; the first one may have its wraps in it. */
function signed16(difference: number): number {
  return (difference << 16) >> 16;
}
