import { CorruptOpusError, OpusDecoder } from '../../media/opus.ts';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { PacketQueue } from './packet-queue.ts';
import { PlayoutControl } from './playout-control.ts';
import { SampleQueue } from './sample-queue.ts';
import { overlapSamples, shorten } from './shorten.ts';

export interface JitterBufferOptions {
  /** Samples of 48 kHz that each `pull` gives. */
  readonly blockSamples: number;
  /** How early a packet shall at least be there when its turn comes, in ms. */
  readonly earlinessFloorMs: number;
  /** What has been waiting longer than this is skipped, in ms. */
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
  /** Waiting at present, in ms. */
  readonly delayMs: number;
}

/** From here on a missing sound is silence: what libopus invents has faded by then. */
const maxConcealedSamples = 100 * 48;
/** A longer break between two packets is a pause of the sender, which is not to be made up for. */
const maxGapSamples = 1000 * 48;
const fadeSamples = 240;

/**
 * Turns the packets of one publisher, as the network delivers them, into an even stream of 48 kHz mono:
 * ordered, decoded, lost ones concealed, delay kept short and bounded. `pull` is called by the room's
 * clock; packets come in between.
 */
export class JitterBuffer {
  readonly #options: JitterBufferOptions;
  readonly #packets = new PacketQueue();
  readonly #decoded = new SampleQueue();
  #decoder = new OpusDecoder();
  #control: PlayoutControl;
  /** Timestamp of the next sample to be decoded; undefined until playing has begun. */
  #nextTimestamp: number | undefined;
  #lastSequence = 0;
  /** Concealed in a row. */
  #concealedRun = 0;
  /** Invented while nothing was there; a gap that shows up later has been played already by so much. */
  #inventedSamples = 0;
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #fadeIn = false;
  /** To be cut out as soon as there is enough sound for it. */
  #spareSamples = 0;
  #packetsLost = 0;
  #packetsCorrupt = 0;
  #concealedSamples = 0;
  #skippedSamples = 0;

  constructor(options: JitterBufferOptions) {
    this.#options = options;
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
      packetsCorrupt: this.#packetsCorrupt,
      concealedSamples: this.#concealedSamples,
      skippedSamples: this.#skippedSamples,
      delayMs: this.#waitingSamples() / 48,
    };
  }

  /** Takes a packet as it came from the network. Never throws. */
  push(packet: RtpAudioPacket, arrivalMs: number): void {
    if (packet.payload.length === 0) return;
    if (!this.#packets.push(packet, arrivalMs)) return;
    // Another stream has begun: a decoder's memory belongs to one stream.
    this.#decoder = new OpusDecoder();
    this.#decoded.clear();
    this.#nextTimestamp = undefined;
  }

  /**
   * Fills `out` with what is due now.
   * @param out `blockSamples` samples, 48 kHz mono
   * @returns false where there is nothing to play: `out` is silence then
   */
  pull(out: Int16Array, nowMs: number): boolean {
    if (this.#nextTimestamp === undefined && !this.#begin(nowMs)) {
      out.fill(0);
      return false;
    }
    this.#skipExcess();
    this.#spareSamples += this.#control.samplesToSpare(nowMs);
    if (this.#spareSamples > 0) this.#playSooner(nowMs);
    while (this.#decoded.length < out.length) this.#decodeNext(nowMs);
    out.set(this.#decoded.take(out.length));
    this.#control.left(this.#decoded.length);
    return this.#concealedRun < maxConcealedSamples;
  }

  /** Waits until the first packet has been there long enough for those after it to be late now and then. */
  #begin(nowMs: number): boolean {
    const head = this.#packets.head;
    if (head === undefined || nowMs - head.arrivalMs < this.#options.earlinessFloorMs) return false;
    this.#nextTimestamp = head.timestamp;
    this.#lastSequence = head.sequence - 1;
    this.#control = new PlayoutControl(this.#options);
    this.#concealedRun = 0;
    this.#inventedSamples = 0;
    this.#fadeIn = false;
    this.#spareSamples = 0;
    return true;
  }

  #decodeNext(nowMs: number): void {
    const head = this.#packets.head;
    const silent = this.#concealedRun >= maxConcealedSamples;
    // Out of silence it starts as at the beginning: not with a packet that has only just come.
    if (head === undefined || (silent && nowMs - head.arrivalMs < this.#options.earlinessFloorMs)) {
      this.#control.starved(nowMs);
      this.#inventedSamples += this.#conceal(this.#options.blockSamples);
      return;
    }
    const gap = head.timestamp - this.#nextTimestamp!;
    if (gap > 0 && gap <= maxGapSamples) {
      const alreadyPlayed = Math.min(gap, this.#inventedSamples);
      this.#inventedSamples -= alreadyPlayed;
      this.#nextTimestamp! += alreadyPlayed;
      if (gap > alreadyPlayed) {
        this.#nextTimestamp! += this.#conceal(gap - alreadyPlayed);
        return;
      }
    }
    this.#packets.take();
    this.#packetsLost += head.sequence - this.#lastSequence - 1;
    this.#lastSequence = head.sequence;
    this.#inventedSamples = 0;
    this.#control.played(nowMs - head.arrivalMs);
    this.#heardAtMs = nowMs;
    this.#nextTimestamp = head.timestamp + this.#decode(head.payload);
  }

  /** @returns the samples that were appended */
  #decode(payload: Buffer): number {
    let pcm: Int16Array;
    try {
      pcm = this.#decoder.decode(payload);
    } catch (error) {
      if (!(error instanceof CorruptOpusError)) throw error;
      this.#packetsCorrupt += 1;
      return this.#conceal(this.#options.blockSamples);
    }
    if (this.#fadeIn) fade(pcm, 0, 1);
    this.#fadeIn = false;
    this.#concealedRun = 0;
    this.#decoded.push(pcm);
    return pcm.length;
  }

  /**
   * Appends sound for what is missing: the decoder's invention first, silence later.
   * @returns the samples that were appended, at most `wanted`
   */
  #conceal(wanted: number): number {
    const faded = this.#concealedRun >= maxConcealedSamples;
    let pcm = faded ? undefined : this.#decoder.conceal();
    if (pcm !== undefined && pcm.length > wanted) pcm = pcm.subarray(0, wanted);
    if (pcm === undefined) {
      pcm = new Int16Array(wanted);
      this.#fadeIn = true;
    } else if (this.#concealedRun + pcm.length >= maxConcealedSamples) {
      fade(pcm, 1, 0);
    }
    this.#concealedRun += pcm.length;
    this.#concealedSamples += pcm.length;
    this.#decoded.push(pcm);
    return pcm.length;
  }

  /** Cuts out what waits for nothing, unheard. */
  #playSooner(nowMs: number): void {
    while (this.#decoded.length < this.#spareSamples + overlapSamples) {
      // Not from what would have to be invented: then it waits for the next packet.
      if (this.#packets.head?.timestamp !== this.#nextTimestamp) return;
      this.#decodeNext(nowMs);
    }
    const before = this.#decoded.length;
    const rest = shorten(this.#decoded.take(before).slice(), this.#spareSamples);
    this.#skippedSamples += before - rest.length;
    this.#decoded.push(rest);
    this.#spareSamples = 0;
  }

  /** After a stall everything comes at once: only the newest of it is still worth hearing. */
  #skipExcess(): void {
    const limit = this.#options.maxDelayMs * 48;
    if (this.#waitingSamples() <= limit) return;
    const kept = 2 * this.#options.blockSamples;
    while (this.#packets.length > 1 && this.#waitingSamples() > kept) {
      const skipped = this.#packets.take()!;
      this.#lastSequence = skipped.sequence;
      const next = this.#packets.head!;
      this.#skippedSamples += Math.max(0, next.timestamp - skipped.timestamp);
      this.#nextTimestamp = next.timestamp;
    }
    this.#fadeIn = true;
  }

  /** From the next sample to be played to the start of the newest packet. */
  #waitingSamples(): number {
    const newest = this.#packets.newestTimestamp;
    if (newest === undefined || this.#nextTimestamp === undefined) return this.#decoded.length;
    return this.#decoded.length + Math.max(0, newest - this.#nextTimestamp);
  }
}

/** A straight line from one gain to another over the first (fade in) or all (fade out) samples. */
function fade(pcm: Int16Array, from: number, to: number): void {
  const length = to > from ? Math.min(fadeSamples, pcm.length) : pcm.length;
  for (let i = 0; i < length; i += 1) pcm[i] = Math.round(pcm[i]! * (from + ((to - from) * i) / length));
}
