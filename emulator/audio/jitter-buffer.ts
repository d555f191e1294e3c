import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { fadeOut, fadeSamples } from './fade.ts';
import { PacketQueue } from './packet-queue.ts';
import { PlayoutControl } from './playout-control.ts';
import { SampleQueue } from './sample-queue.ts';
import { overlapSamples, shorten } from './shorten.ts';
import { StreamDecoder } from './stream-decoder.ts';

export interface JitterBufferOptions {
  /** Samples of 48 kHz that each `pull` gives. */
  readonly blockSamples: number;
  /** How early a packet shall at least be there when its turn comes, in ms. */
  readonly earlinessFloorMs: number;
  /** What has been waiting longer than this is skipped, in ms; at least two blocks are always kept. */
  readonly maxDelayMs: number;
}

/** Counters since the buffer was made. */
export interface JitterBufferStats {
  readonly packetsLost: number;
  readonly packetsLate: number;
  readonly packetsDuplicate: number;
  readonly packetsCorrupt: number;
  readonly concealedSamples: number;
  readonly skippedSamples: number;
  /** Packets waiting to be decoded. */
  readonly packetsWaiting: number;
  /** How long the oldest packet had been waiting at the last `pull`, and the decoded sound before it, in ms. */
  readonly delayMs: number;
}

/** A longer break between two packets is a pause of the sender, which is not to be made up for. */
const maxGapSamples = 1000 * 48;

/**
 * Turns the packets of one publisher, as the network delivers them, into an even stream of 48 kHz mono:
 * ordered, decoded, lost ones concealed, delay kept short and bounded. `pull` is called by the room's
 * clock; packets come in between.
 */
export class JitterBuffer {
  readonly #options: JitterBufferOptions;
  readonly #packets = new PacketQueue();
  readonly #decoded = new SampleQueue();
  readonly #decoder: StreamDecoder;
  #control: PlayoutControl;
  /** Timestamp of the next sample to be decoded; undefined until playing has begun. */
  #nextTimestamp: number | undefined;
  #lastSequence = 0;
  /** Invented while nothing was there; a gap that shows up later has been played already by so much. */
  #inventedSamples = 0;
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #pulledAtMs = Number.NEGATIVE_INFINITY;
  /** To be cut out as soon as there is enough sound for it. */
  #spareSamples = 0;
  #packetsLost = 0;
  #skippedSamples = 0;

  constructor(options: JitterBufferOptions) {
    this.#options = options;
    this.#decoder = new StreamDecoder(options.blockSamples);
    this.#control = new PlayoutControl(options);
  }

  /** When the newest packet was played, in the time of `pull`; minus infinity before the first. */
  get heardAtMs(): number {
    return this.#heardAtMs;
  }

  get stats(): JitterBufferStats {
    return {
      packetsLost: this.#packetsLost,
      packetsLate: this.#packets.dropped.late,
      packetsDuplicate: this.#packets.dropped.duplicates,
      ...this.#decoder.stats,
      skippedSamples: this.#skippedSamples,
      packetsWaiting: this.#packets.length,
      delayMs: this.#delayMs(this.#pulledAtMs),
    };
  }

  /** Takes a packet as it came from the network. Never throws. */
  push(packet: RtpAudioPacket, arrivalMs: number): void {
    if (packet.payload.length === 0) return;
    if (this.#packets.push(packet, arrivalMs)) this.#endStream();
  }

  /**
   * Fills `out` with what is due now.
   * @param out `blockSamples` samples, 48 kHz mono
   * @returns false where there is nothing to play: `out` is silence then
   */
  pull(out: Int16Array, nowMs: number): boolean {
    this.#pulledAtMs = nowMs;
    if (this.#nextTimestamp === undefined && !this.#begin(nowMs)) return this.#playTail(out);
    this.#skipExcess(nowMs);
    // What could not be cut since the last window is measured again in this one.
    this.#spareSamples = this.#control.samplesToSpare(nowMs) ?? this.#spareSamples;
    if (this.#spareSamples > 0) this.#playSooner(nowMs);
    while (this.#decoded.length < out.length) this.#decodeNext(nowMs);
    out.set(this.#decoded.take(out.length));
    this.#control.left(this.#decoded.length);
    return !this.#decoder.isSilent;
  }

  /** Waits until the first packet has been there long enough for those after it to be late now and then. */
  #begin(nowMs: number): boolean {
    const head = this.#packets.head;
    if (head === undefined || nowMs - head.arrivalMs < this.#options.earlinessFloorMs) return false;
    this.#nextTimestamp = head.timestamp;
    this.#lastSequence = head.sequence - 1;
    this.#control = new PlayoutControl(this.#options);
    this.#inventedSamples = 0;
    // The first stream of all comes in as it is: to let a member in gently is the mixer's part.
    this.#decoder.begin(this.#heardAtMs > Number.NEGATIVE_INFINITY);
    this.#spareSamples = 0;
    return true;
  }

  /** Another stream has begun. What was heard of the old one fades. */
  #endStream(): void {
    if (this.#nextTimestamp !== undefined) {
      const tail = this.#tail();
      this.#decoded.clear();
      this.#decoded.push(tail);
    }
    this.#decoder.endStream();
    this.#nextTimestamp = undefined;
  }

  /** The few milliseconds that would have been heard next, fading. */
  #tail(): Int16Array {
    const tail = new Int16Array(fadeSamples);
    if (this.#decoder.isSilent) return tail.subarray(0, 0);
    const decoded = this.#decoded.take(Math.min(fadeSamples, this.#decoded.length));
    tail.set(decoded);
    for (let at = decoded.length; at < fadeSamples; ) {
      const invented = this.#decoder.invent()?.subarray(0, fadeSamples - at);
      if (invented === undefined) break;
      tail.set(invented, at);
      at += invented.length;
    }
    fadeOut(tail);
    return tail;
  }

  /** Between two streams there is at most the tail of the first. */
  #playTail(out: Int16Array): boolean {
    const tail = this.#decoded.take(Math.min(out.length, this.#decoded.length));
    out.fill(0);
    out.set(tail);
    return tail.length > 0;
  }

  #decodeNext(nowMs: number): void {
    const head = this.#packets.head;
    // Out of silence it starts as at the beginning: not with a packet that has only just come.
    if (
      head === undefined ||
      (this.#decoder.isSilent && nowMs - head.arrivalMs < this.#options.earlinessFloorMs)
    ) {
      this.#control.starved(nowMs);
      // What has been waiting is used up.
      this.#spareSamples = 0;
      this.#inventedSamples += this.#append(this.#decoder.conceal(this.#options.blockSamples));
      return;
    }
    const gap = head.timestamp - this.#nextTimestamp!;
    if (gap > 0 && gap <= maxGapSamples) {
      const alreadyPlayed = Math.min(gap, this.#inventedSamples);
      this.#inventedSamples -= alreadyPlayed;
      this.#nextTimestamp! += alreadyPlayed;
      if (gap > alreadyPlayed) {
        this.#nextTimestamp! += this.#append(this.#decoder.conceal(gap - alreadyPlayed));
        return;
      }
    }
    this.#packets.take();
    this.#packetsLost += head.sequence - this.#lastSequence - 1;
    this.#lastSequence = head.sequence;
    this.#inventedSamples = 0;
    this.#control.played(nowMs - head.arrivalMs);
    this.#heardAtMs = nowMs;
    this.#nextTimestamp = head.timestamp + this.#append(this.#decoder.decode(head.payload));
  }

  /** @returns the samples that were appended */
  #append(pcm: Int16Array): number {
    this.#decoded.push(pcm);
    return pcm.length;
  }

  /** Cuts out what waits for nothing, unheard. */
  #playSooner(nowMs: number): void {
    while (this.#decoded.length < this.#spareSamples + overlapSamples) {
      // Not from what would have to be invented: then it waits for the next packet.
      const head = this.#packets.head;
      if (head === undefined || head.timestamp > this.#nextTimestamp!) return;
      this.#decodeNext(nowMs);
      if (this.#spareSamples === 0) return;
    }
    const before = this.#decoded.length;
    const rest = shorten(this.#decoded.take(before).slice(), this.#spareSamples);
    this.#skippedSamples += before - rest.length;
    this.#decoded.push(rest);
    this.#spareSamples = 0;
  }

  /**
   * After a stall everything comes at once: only the newest of it is still worth hearing. Timestamps say how
   * much is waiting before it has been waiting for long; arrivals say it of a sender whose timestamps lie.
   */
  #skipExcess(nowMs: number): void {
    const keptSamples = 2 * this.#options.blockSamples;
    const limitMs = Math.max(this.#options.maxDelayMs, keptSamples / 48);
    const isStale = this.#delayMs(nowMs) > limitMs;
    if (!isStale && this.#waitingSamples() <= limitMs * 48) return;
    const isTooMuch = () =>
      this.#waitingSamples() > keptSamples ||
      (isStale && nowMs - this.#packets.head!.arrivalMs > keptSamples / 48);
    while (this.#packets.length > 1 && isTooMuch()) {
      const skipped = this.#packets.take()!;
      this.#lastSequence = skipped.sequence;
      const next = this.#packets.head!;
      this.#skippedSamples += Math.max(0, next.timestamp - skipped.timestamp);
      this.#nextTimestamp = next.timestamp;
      this.#decoder.breakHere();
    }
    // The last one may be waiting for the end of a gap that never was.
    const head = this.#packets.head;
    if (!isStale || head === undefined || head.timestamp <= this.#nextTimestamp!) return;
    this.#nextTimestamp = head.timestamp;
    this.#decoder.breakHere();
  }

  /** How long the oldest packet has been waiting, and the decoded sound that comes before it. */
  #delayMs(nowMs: number): number {
    const head = this.#packets.head;
    return this.#decoded.length / 48 + (head === undefined ? 0 : Math.max(0, nowMs - head.arrivalMs));
  }

  /** From the next sample to be played to the start of the newest packet, as timestamps have it. */
  #waitingSamples(): number {
    const newest = this.#packets.newestTimestamp;
    if (newest === undefined || this.#nextTimestamp === undefined) return this.#decoded.length;
    return this.#decoded.length + Math.max(0, newest - this.#nextTimestamp);
  }
}
