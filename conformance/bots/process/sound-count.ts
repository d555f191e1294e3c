import { parseOpusPacket } from '../../analysis/opus-packet.ts';

/** A hole in the timestamps above this is another stream, not a gap. */
export const maxGapSamples = 48_000 * 5;

/** RTP counts Opus at 48 kHz, whatever it was made of (RFC 7587 §4.1). */
const samplesPerMs = 48;

/** What is no Opus counts as the usual packet: who waits for sound shall not wait for ever. */
const unreadableSamples = 20 * samplesPerMs;

/** A packet that is further behind is the first of a stream that began anew (RFC 3550, appendix A.1). */
const maxMisorder = 100;

/** One packet, as far as it is counted. */
export interface CountedPacket {
  readonly ssrc: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly payload: Uint8Array;
}

/**
 * Counts how long the sound lasts that came, as a recording of it does: what a sender leaves out while nobody speaks
 * (DTX), or the network loses, has its time all the same, and a packet that comes twice, or after the next one, has
 * none more.
 */
export class SoundCount {
  #samples = 0;
  /** By SSRC: the newest packet, and the timestamp at which it has its end. */
  readonly #newest = new Map<number, { readonly sequenceNumber: number; readonly end: number }>();

  get ms(): number {
    return this.#samples / samplesPerMs;
  }

  add({ ssrc, sequenceNumber, timestamp, payload }: CountedPacket): void {
    const newest = this.#newest.get(ssrc);
    const behind = newest === undefined ? -1 : signed16(newest.sequenceNumber - sequenceNumber);
    if (behind >= 0 && behind <= maxMisorder) return;
    const gap = newest === undefined ? 0 : (timestamp - newest.end) | 0;
    const duration = durationOf(payload);
    this.#samples += duration + (gap > 0 && gap <= maxGapSamples ? gap : 0);
    this.#newest.set(ssrc, { sequenceNumber, end: (timestamp + duration) >>> 0 });
  }
}

function durationOf(payload: Uint8Array): number {
  try {
    return parseOpusPacket(payload).durationSamples;
  } catch {
    return unreadableSamples;
  }
}

function signed16(difference: number): number {
  return ((difference + 0x8000) & 0xffff) - 0x8000;
}
