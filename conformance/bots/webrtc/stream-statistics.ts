import type { ReceivedStatistics } from '../../report.ts';

/** What the statistics need of a packet. */
export interface CountedPacket {
  readonly ssrc: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly payloadBytes: number;
}

/** How far back a packet that comes again is known. */
const rememberedPackets = 2048;
/** A timestamp that jumps further is another stream under the same SSRC: it says nothing of the network. */
const maxJumpSeconds = 5;

/** Counts the packets of one track as they come in. Another SSRC goes on adding to the same counts. */
export class StreamStatistics {
  readonly #clockHz: number;
  #packets = 0;
  #bytes = 0;
  #reordered = 0;
  #duplicates = 0;
  /** Of streams that have ended. */
  #lostBefore = 0;
  #stream: SequenceNumbers | undefined;
  #ssrc: number | undefined;
  #firstMs = 0;
  #lastMs = 0;
  #largestGapMs = 0;
  #lastTimestamp = 0;
  /** In units of the timestamp. */
  #jitter = 0;

  constructor(clockHz: number) {
    this.#clockHz = clockHz;
  }

  /** Interarrival jitter in units of the timestamp, as a receiver report has it (RFC 3550 §6.4.1). */
  get jitter(): number {
    return Math.floor(this.#jitter);
  }

  /** @param arrivalMs of the monotonic clock */
  add({ ssrc, sequenceNumber, timestamp, payloadBytes }: CountedPacket, arrivalMs: number): void {
    if (this.#packets === 0) this.#firstMs = arrivalMs;
    else this.#largestGapMs = Math.max(this.#largestGapMs, arrivalMs - this.#lastMs);
    if (ssrc === this.#ssrc) this.#measureJitter(timestamp, arrivalMs);
    else {
      this.#lostBefore += this.#stream?.lost ?? 0;
      this.#stream = new SequenceNumbers(sequenceNumber);
      this.#ssrc = ssrc;
    }
    const order = this.#stream!.add(sequenceNumber);
    if (order === 'again') this.#duplicates += 1;
    if (order === 'late') this.#reordered += 1;
    this.#packets += 1;
    this.#bytes += payloadBytes;
    this.#lastMs = arrivalMs;
    this.#lastTimestamp = timestamp;
  }

  /** `undefined` before the first packet. */
  summary(): ReceivedStatistics | undefined {
    if (this.#packets === 0) return undefined;
    const durationMs = this.#lastMs - this.#firstMs;
    return {
      packets: this.#packets,
      lost: this.#lostBefore + (this.#stream?.lost ?? 0),
      reordered: this.#reordered,
      duplicates: this.#duplicates,
      jitterMs: (this.#jitter * 1000) / this.#clockHz,
      bytes: this.#bytes,
      // The first packet begins the time, so its bytes are not of it.
      bitrateKbps: durationMs > 0 ? (this.#bytes * 8 * (1 - 1 / this.#packets)) / durationMs : 0,
      largestGapMs: this.#largestGapMs,
    };
  }

  /** RFC 3550 §6.4.1 and appendix A.8. */
  #measureJitter(timestamp: number, arrivalMs: number): void {
    const sent = (timestamp - this.#lastTimestamp) | 0;
    if (Math.abs(sent) > maxJumpSeconds * this.#clockHz) return;
    const came = ((arrivalMs - this.#lastMs) * this.#clockHz) / 1000;
    this.#jitter += (Math.abs(came - sent) - this.#jitter) / 16;
  }
}

/** The sequence numbers of one SSRC. */
class SequenceNumbers {
  readonly #first: number;
  /** Not wrapped. */
  #highest: number;
  #distinct = 0;
  /** By remainder: the number that was there last. */
  readonly #seen: number[] = [];

  constructor(first: number) {
    this.#first = first;
    this.#highest = first;
  }

  /** What did not come until now; what comes late makes it less. */
  get lost(): number {
    return Math.max(0, this.#highest - this.#first + 1 - this.#distinct);
  }

  add(sequenceNumber: number): 'next' | 'late' | 'again' {
    // Nearest to the highest so far: wraps forward, late packets count backward.
    const number = this.#highest + (((sequenceNumber - this.#highest) << 16) >> 16);
    const slot = ((number % rememberedPackets) + rememberedPackets) % rememberedPackets;
    if (this.#seen[slot] === number) return 'again';
    // A late one that is forgotten cannot be told from one that came: it does not count as found.
    if (number <= this.#highest - rememberedPackets) return 'late';
    this.#seen[slot] = number;
    if (number >= this.#first) this.#distinct += 1;
    if (number < this.#highest) return 'late';
    this.#highest = number;
    return 'next';
  }
}
