import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';

/** A packet with its numbers unwrapped: they never run over, and may be negative. */
export interface QueuedPacket {
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Buffer;
  readonly arrivalMs: number;
}

/** A sequence number farther away than this is another stream, or garbage (RFC 3550 appendix A.1). */
const maxSequenceStep = 3000;
/** The same for timestamps: 60 s. */
const maxTimestampStep = 60 * 48000;
/** More than two seconds of the shortest common frames: beyond it, the oldest go. */
const maxPackets = 400;

/**
 * Puts the packets of one stream into order. Wrapped numbers are unwrapped, duplicates and packets that
 * come after their turn are dropped and counted. A jump (a sender that started anew, another SSRC) is
 * believed only when a second packet follows it up, so that a stray one disturbs nothing.
 */
export class PacketQueue {
  /** In sequence order. */
  readonly #packets: QueuedPacket[] = [];
  /** The newest packet in sequence; unwrapping is relative to it. */
  #newest: { raw: RtpAudioPacket; sequence: number; timestamp: number } | undefined;
  /** A packet far away from all others, kept until another confirms it. */
  #suspect: RtpAudioPacket | undefined;
  /** Sequence of the last packet taken out. */
  #taken = Number.NEGATIVE_INFINITY;
  #duplicates = 0;
  #late = 0;

  get length(): number {
    return this.#packets.length;
  }

  /** Packets that came twice, and packets that came after their turn. */
  get dropped(): { readonly duplicates: number; readonly late: number } {
    return { duplicates: this.#duplicates, late: this.#late };
  }

  /** The next packet in order, without taking it. */
  get head(): QueuedPacket | undefined {
    return this.#packets[0];
  }

  /** Timestamp of the last packet in order that is waiting. */
  get newestTimestamp(): number | undefined {
    return this.#packets.at(-1)?.timestamp;
  }

  /** @returns true where the packet starts another stream: all that was queued before it is gone */
  push(raw: RtpAudioPacket, arrivalMs: number): boolean {
    const newest = this.#newest;
    if (newest === undefined) {
      this.#restart(raw, arrivalMs);
      return true;
    }
    const sequenceStep = ((raw.sequenceNumber - newest.raw.sequenceNumber + 0x8000) & 0xffff) - 0x8000;
    const timestampStep = (raw.timestamp - newest.raw.timestamp) | 0;
    if (
      raw.ssrc !== newest.raw.ssrc ||
      Math.abs(sequenceStep) > maxSequenceStep ||
      Math.abs(timestampStep) > maxTimestampStep
    ) {
      return this.#pushSuspect(raw, arrivalMs);
    }
    this.#suspect = undefined;
    const packet = {
      sequence: newest.sequence + sequenceStep,
      timestamp: newest.timestamp + timestampStep,
      payload: raw.payload,
      arrivalMs,
    };
    if (sequenceStep > 0) {
      this.#newest = { raw, sequence: packet.sequence, timestamp: packet.timestamp };
    }
    this.#insert(packet);
    return false;
  }

  /** Takes the next packet in order. */
  take(): QueuedPacket | undefined {
    const packet = this.#packets.shift();
    if (packet !== undefined) this.#taken = packet.sequence;
    return packet;
  }

  #insert(packet: QueuedPacket): void {
    if (packet.sequence <= this.#taken) {
      this.#late += 1;
      return;
    }
    let at = this.#packets.length;
    while (at > 0 && this.#packets[at - 1]!.sequence > packet.sequence) at -= 1;
    if (at > 0 && this.#packets[at - 1]!.sequence === packet.sequence) {
      this.#duplicates += 1;
      return;
    }
    this.#packets.splice(at, 0, packet);
    if (this.#packets.length > maxPackets) this.take();
  }

  #pushSuspect(raw: RtpAudioPacket, arrivalMs: number): boolean {
    const suspect = this.#suspect;
    this.#suspect = raw;
    if (suspect === undefined || raw.ssrc !== suspect.ssrc) return false;
    if (((suspect.sequenceNumber + 1) & 0xffff) !== raw.sequenceNumber) return false;
    this.#restart(raw, arrivalMs);
    return true;
  }

  #restart(raw: RtpAudioPacket, arrivalMs: number): void {
    this.#packets.length = 0;
    this.#suspect = undefined;
    this.#taken = Number.NEGATIVE_INFINITY;
    this.#newest = { raw, sequence: raw.sequenceNumber, timestamp: raw.timestamp };
    this.#packets.push({
      sequence: raw.sequenceNumber,
      timestamp: raw.timestamp,
      payload: raw.payload,
      arrivalMs,
    });
  }
}
