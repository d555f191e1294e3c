import type { RtpVideoPacket } from './access-unit.ts';

/** Bounds of the wait for packets that are missing. */
export interface ReorderOptions {
  /** After so long a missing packet is given up; default 120. */
  readonly maxWaitMs?: number;
  /** A packet that is still missing is asked for again after so long; default 40. */
  readonly askAgainAfterMs?: number;
}

/** Packets that are kept behind a gap. */
const maxKept = 512;
/** A jump further than this is a stream that starts anew, not loss (RFC 3550 appendix A.1). */
const maxDropout = 3000;
/** How many sequence numbers are asked for at once. */
const maxMissing = 256;
/** Payload bytes that are kept behind a gap. */
const maxKeptBytes = 4 * 1024 * 1024;

/** What comes out of the queue: a packet, and whether some before it never came. */
export type InOrder = (packet: RtpVideoPacket, afterLoss: boolean) => void;

/**
 * Puts the packets of a video stream in order (RFC 3550 §5.1). A gap is reported at once, waited for, and in
 * the end given up. Late and double packets are dropped.
 */
export class RtpReorder {
  readonly #deliver: InOrder;
  readonly #onMissing: (sequenceNumbers: number[]) => void;
  readonly #maxWaitMs: number;
  readonly #askAgainAfterMs: number;
  /** Packets ahead of the gap, by sequence number, with the time of arrival. */
  readonly #kept = new Map<number, { packet: RtpVideoPacket; arrivalMs: number }>();
  #keptBytes = 0;
  #ssrc: number | undefined;
  #next = 0;
  /** True: what comes next does not follow what came before. */
  #afterLoss = false;
  /** First packet behind the present gap, the highest that came at all, and when was last asked. */
  #gap: { end: number; highest: number; askedMs: number } | undefined;
  /** Where a stream that seems to have jumped would go on. */
  #jumpedTo: number | undefined;
  packetsLost = 0;

  constructor(
    deliver: InOrder,
    onMissing: (sequenceNumbers: number[]) => void,
    options: ReorderOptions = {},
  ) {
    this.#deliver = deliver;
    this.#onMissing = onMissing;
    this.#maxWaitMs = options.maxWaitMs ?? 120;
    this.#askAgainAfterMs = options.askAgainAfterMs ?? 40;
  }

  push(packet: RtpVideoPacket, nowMs: number): void {
    if (packet.ssrc !== this.#ssrc) {
      this.#startAt(packet.sequenceNumber, false);
      this.#ssrc = packet.ssrc;
    }
    const ahead = signed16(packet.sequenceNumber - this.#next);
    if (Math.abs(ahead) > maxDropout) {
      if (packet.sequenceNumber !== this.#jumpedTo) {
        this.#jumpedTo = (packet.sequenceNumber + 1) & 0xffff;
        return;
      }
      this.#startAt(packet.sequenceNumber, true);
    } else if (ahead < 0) {
      return;
    }
    this.#jumpedTo = undefined;
    if (packet.sequenceNumber === this.#next) {
      this.#pass(packet);
      this.#drain();
    } else this.#keep(packet, nowMs);
    this.advance(nowMs);
  }

  /** Gives up gaps that are too old, and asks again for those that are not. To be called now and then. */
  advance(nowMs: number): void {
    while (this.#gap !== undefined) {
      const waitedMs = nowMs - this.#kept.get(this.#gap.end)!.arrivalMs;
      const overfull = this.#kept.size > maxKept || this.#keptBytes > maxKeptBytes;
      if (!overfull && waitedMs < this.#maxWaitMs) break;
      this.#giveUp();
    }
    if (this.#gap !== undefined && nowMs - this.#gap.askedMs >= this.#askAgainAfterMs) {
      this.#gap.askedMs = nowMs;
      this.#askFrom(this.#next);
    }
  }

  #startAt(sequenceNumber: number, afterLoss: boolean): void {
    this.#afterLoss = afterLoss;
    this.#next = sequenceNumber;
    this.#kept.clear();
    this.#keptBytes = 0;
    this.#gap = undefined;
  }

  #pass(packet: RtpVideoPacket): void {
    const afterLoss = this.#afterLoss;
    this.#afterLoss = false;
    this.#next = (packet.sequenceNumber + 1) & 0xffff;
    this.#deliver(packet, afterLoss);
  }

  /** Passes on what follows without a gap, and looks for the next gap. */
  #drain(): void {
    for (;;) {
      const packet = this.#kept.get(this.#next)?.packet;
      if (packet === undefined) break;
      this.#kept.delete(this.#next);
      this.#keptBytes -= packet.payload.length;
      this.#pass(packet);
    }
    if (this.#kept.size === 0) this.#gap = undefined;
    else if (this.#gap !== undefined) {
      this.#gap.end = this.#next;
      while (!this.#kept.has(this.#gap.end)) this.#gap.end = (this.#gap.end + 1) & 0xffff;
    }
  }

  #keep(packet: RtpVideoPacket, nowMs: number): void {
    const { sequenceNumber } = packet;
    if (this.#kept.has(sequenceNumber)) return;
    this.#kept.set(sequenceNumber, { packet, arrivalMs: nowMs });
    this.#keptBytes += packet.payload.length;
    if (this.#gap === undefined) {
      this.#gap = { end: sequenceNumber, highest: sequenceNumber, askedMs: nowMs };
      this.#askFrom(this.#next);
      return;
    }
    if (signed16(sequenceNumber - this.#gap.end) < 0) this.#gap.end = sequenceNumber;
    const beyond = signed16(sequenceNumber - this.#gap.highest);
    if (beyond <= 0) return;
    const firstNew = (this.#gap.highest + 1) & 0xffff;
    this.#gap.highest = sequenceNumber;
    if (beyond > 1) this.#askFrom(firstNew);
  }

  /** Asks for what is missing from `from` up to the highest packet that came. */
  #askFrom(from: number): void {
    const missing: number[] = [];
    const count = signed16(this.#gap!.highest - from);
    for (let i = 0; i < count && missing.length < maxMissing; i += 1) {
      const sequenceNumber = (from + i) & 0xffff;
      if (!this.#kept.has(sequenceNumber)) missing.push(sequenceNumber);
    }
    if (missing.length > 0) this.#onMissing(missing);
  }

  /** Goes on behind the present gap. */
  #giveUp(): void {
    this.packetsLost += (this.#gap!.end - this.#next) & 0xffff;
    this.#next = this.#gap!.end;
    this.#afterLoss = true;
    this.#drain();
  }
}

/** A difference of 16-bit numbers, -32768 to 32767. */
function signed16(difference: number): number {
  return (difference << 16) >> 16;
}
