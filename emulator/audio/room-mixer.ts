import { frameDurationMs, frameSamplesAt48k, type OpusParameters } from '../../media/opus-parameters.ts';
import type { EncodedAudioFrame, RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { JitterBufferStats } from './jitter-buffer.ts';
import { MemberInput } from './member-input.ts';
import { type MixParts, minusSelfMix } from './minus-self.ts';
import { TrackOutput } from './track-output.ts';

/** How a room's sound is buffered, mixed and encoded; see `AudioProfile`. */
export interface RoomMixerOptions {
  readonly opusComplexity: number;
  readonly rampMs: number;
  readonly jitterBuffer: { readonly earlinessFloorMs: number; readonly maxDelayMs: number };
  /** Replaced by deliberately broken emulators; default `minusSelfMix`. */
  readonly parts?: MixParts;
}

/**
 * What a listener hears: everybody, everybody but one member, or nothing (the track of a member who left).
 */
export type TrackSource = { readonly minus: string } | 'all' | 'silence';

/** A listener's place in a mixer. */
export interface MixListener {
  /** Changes the track from the next frame on. */
  select(source: TrackSource): void;
  /** Idempotent. */
  close(): void;
}

interface MixMember {
  input: MemberInput;
  audioMuted: boolean;
  /** Own track, made when somebody first listens to it. */
  output: TrackOutput | undefined;
  /** What it added to the mix of the present tick, and of the one before. */
  frame: Int16Array | undefined;
  frameBefore: Int16Array | undefined;
}

interface Listening {
  source: TrackSource;
  readonly sink: (frame: EncodedAudioFrame) => void;
}

/**
 * Mixes the sound of one room. It knows no clock: `tick` makes the next frame of every track that somebody
 * listens to. A track is encoded once, however many listen, and tracks that nobody listens to are not
 * encoded at all.
 */
export class RoomMixer {
  readonly #options: RoomMixerOptions;
  readonly #parts: MixParts;
  readonly #members = new Map<string, MixMember>();
  /** Removed, with a last frame to fade out. */
  readonly #leaving: MemberInput[] = [];
  readonly #listeners = new Set<Listening>();
  #opus: OpusParameters;
  /** Of the present tick, and of the one before. */
  #sum: Int32Array;
  #sumBefore: Int32Array;
  /** Work space: what one track shall hear in the present tick, and in the one before. */
  #wide: Int32Array;
  #wideBefore: Int32Array;
  #all: TrackOutput | undefined;
  #silence: TrackOutput | undefined;
  #ticks = 0;

  constructor(opus: OpusParameters, options: RoomMixerOptions) {
    this.#options = options;
    this.#parts = options.parts ?? minusSelfMix;
    this.#opus = opus;
    this.#sum = new Int32Array(frameSamplesAt48k(opus));
    this.#sumBefore = new Int32Array(frameSamplesAt48k(opus));
    this.#wide = new Int32Array(frameSamplesAt48k(opus));
    this.#wideBefore = new Int32Array(frameSamplesAt48k(opus));
  }

  /** Time from tick to tick, in ms. */
  get tickMs(): number {
    return frameDurationMs(this.#opus);
  }

  /** Changes the room's Opus parameters: encoders start anew, members and listeners stay. */
  setOpus(opus: OpusParameters): void {
    const sameFrames = frameSamplesAt48k(opus) === frameSamplesAt48k(this.#opus);
    this.#opus = opus;
    this.#all = undefined;
    this.#silence = undefined;
    for (const member of this.#members.values()) {
      member.output = undefined;
      if (sameFrames) continue;
      member.input = this.#createInput();
      member.frame = undefined;
    }
    if (sameFrames) return;
    this.#leaving.length = 0;
    this.#sum = new Int32Array(frameSamplesAt48k(opus));
    this.#sumBefore = new Int32Array(frameSamplesAt48k(opus));
    this.#wide = new Int32Array(frameSamplesAt48k(opus));
    this.#wideBefore = new Int32Array(frameSamplesAt48k(opus));
  }

  /** Adding a member twice changes nothing. */
  addMember(name: string): void {
    if (this.#members.has(name)) return;
    this.#members.set(name, {
      input: this.#createInput(),
      audioMuted: false,
      output: undefined,
      frame: undefined,
      frameBefore: undefined,
    });
  }

  /** Its sound fades; whoever listens to its track hears silence from here on. */
  removeMember(name: string): void {
    const member = this.#members.get(name);
    if (member === undefined) return;
    this.#members.delete(name);
    this.#leaving.push(member.input);
    for (const listening of this.#listeners) {
      if (typeof listening.source === 'object' && listening.source.minus === name)
        listening.source = 'silence';
    }
  }

  setAudioMuted(name: string, muted: boolean): void {
    const member = this.#members.get(name);
    if (member !== undefined) member.audioMuted = muted;
  }

  /** Takes a packet of a member's sound; of others it is dropped. Never throws. */
  push(name: string, packet: RtpAudioPacket, arrivalMs: number): void {
    this.#members.get(name)?.input.push(packet, arrivalMs);
  }

  /** Another publisher sends for this member from here on. */
  restartMember(name: string): void {
    this.#members.get(name)?.input.restart();
  }

  memberStats(name: string): JitterBufferStats | undefined {
    return this.#members.get(name)?.input.stats;
  }

  listen(source: TrackSource, sink: (frame: EncodedAudioFrame) => void): MixListener {
    const listening: Listening = { source, sink };
    this.#listeners.add(listening);
    return {
      select: (next) => {
        listening.source = next;
      },
      close: () => {
        this.#listeners.delete(listening);
      },
    };
  }

  /** Makes the next frame of each track and hands it to its listeners. */
  tick(nowMs: number): void {
    this.#ticks += 1;
    [this.#sum, this.#sumBefore] = [this.#sumBefore, this.#sum];
    this.#parts.sum(this.#takeFrames(nowMs), this.#sum);
    const encoded = new Map<TrackOutput, EncodedAudioFrame>();
    for (const listening of this.#listeners) {
      const { output, member, silent } = this.#route(listening.source);
      let frame = encoded.get(output);
      if (frame === undefined) {
        frame = output.encode(
          this.#without(silent ? undefined : this.#sum, member?.frame, this.#wide),
          () => this.#without(silent ? undefined : this.#sumBefore, member?.frameBefore, this.#wideBefore),
          this.#ticks,
        );
        encoded.set(output, frame);
      }
      listening.sink(frame);
    }
  }

  /** @returns `wide`, filled; with silence where there is no sum */
  #without(sum: Int32Array | undefined, own: Int16Array | undefined, wide: Int32Array): Int32Array {
    if (sum === undefined) return wide.fill(0);
    this.#parts.withoutOwn(sum, own, wide);
    return wide;
  }

  /** Takes every member's frame of this tick exactly once; the set of those mixed is remembered in `frame`. */
  #takeFrames(nowMs: number): Int16Array[] {
    const frames: Int16Array[] = [];
    for (const member of this.#members.values()) {
      member.frameBefore = member.frame;
      member.frame = member.input.frame(this.#parts.isHeard(member), nowMs);
      if (member.frame !== undefined) frames.push(member.frame);
    }
    for (const input of this.#leaving) {
      const frame = input.frame(false, nowMs);
      if (frame !== undefined) frames.push(frame);
    }
    this.#leaving.length = 0;
    return frames;
  }

  /** A listener whose member adds nothing hears what `all` hears, and shares its encoder. */
  #route(source: TrackSource): { output: TrackOutput; member?: MixMember; silent: boolean } {
    const member = typeof source === 'object' ? this.#members.get(source.minus) : undefined;
    if (source === 'silence' || (typeof source === 'object' && member === undefined)) {
      this.#silence ??= this.#createOutput();
      return { output: this.#silence, silent: true };
    }
    if (member?.frame === undefined) {
      this.#all ??= this.#createOutput();
      return { output: this.#all, silent: false };
    }
    member.output ??= this.#createOutput();
    return { output: member.output, member, silent: false };
  }

  #createInput(): MemberInput {
    return new MemberInput({
      blockSamples: frameSamplesAt48k(this.#opus),
      rampMs: this.#options.rampMs,
      ...this.#options.jitterBuffer,
    });
  }

  #createOutput(): TrackOutput {
    return new TrackOutput(this.#opus, this.#options.opusComplexity, this.#parts.createLimiter());
  }
}
