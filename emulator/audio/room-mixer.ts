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
  /** What it added to the mix: in the present tick, and in those before, newest first. */
  frames: (Int16Array | undefined)[];
  /** Number of the last tick in which it added to the mix. */
  heardTick: number;
}

/**
 * For so long a member that has fallen silent keeps an encoder of its own. Only then has its track become
 * the same as `all` for the decoder too, which remembers the frames before, and can change over unheard.
 */
const ownTrackHoldMs = 100;

/** An encoder that starts anew encodes so much of what went before, to be heard as if it had always run. */
const runUpMs = 40;

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
  /** Sums of the present tick and of those of the run-up, newest first. */
  #sums: Int32Array[];
  /** Work space: what one track shall hear. */
  #wide: Int32Array;
  #all: TrackOutput | undefined;
  #silence: TrackOutput | undefined;
  #ticks = 0;

  constructor(opus: OpusParameters, options: RoomMixerOptions) {
    this.#options = options;
    this.#parts = options.parts ?? minusSelfMix;
    this.#opus = opus;
    this.#sums = this.#createSums();
    this.#wide = new Int32Array(frameSamplesAt48k(opus));
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
    for (const member of this.#members.values()) member.output = undefined;
    if (sameFrames) return;
    this.#sums = this.#createSums();
    this.#wide = new Int32Array(frameSamplesAt48k(opus));
    this.#leaving.length = 0;
    for (const member of this.#members.values()) {
      member.input = this.#createInput();
      member.frames = [];
    }
  }

  /** Adding a member twice changes nothing. */
  addMember(name: string): void {
    if (this.#members.has(name)) return;
    this.#members.set(name, {
      input: this.#createInput(),
      audioMuted: false,
      output: undefined,
      frames: [],
      heardTick: Number.NEGATIVE_INFINITY,
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
    this.#sums.unshift(this.#sums.pop()!);
    this.#parts.sum(this.#takeFrames(nowMs), this.#sums[0]!);
    const encoded = new Map<TrackOutput, EncodedAudioFrame>();
    for (const listening of this.#listeners) {
      const { output, member, silent } = this.#route(listening.source);
      let frame = encoded.get(output);
      if (frame === undefined) {
        const heard = (ago: number) => this.#heard(ago, member, silent);
        frame = output.encode(this.#ticks, heard, this.#sums.length - 1);
        encoded.set(output, frame);
      }
      listening.sink(frame);
    }
  }

  /** @returns what a track's listeners shall hear, or should have heard `ago` ticks before; one work space */
  #heard(ago: number, member: MixMember | undefined, silent: boolean): Int32Array {
    if (silent) return this.#wide.fill(0);
    this.#parts.withoutOwn(this.#sums[ago]!, member?.frames[ago], this.#wide);
    return this.#wide;
  }

  /** Takes every member's frame of this tick exactly once; the set of those mixed is remembered in `frames`. */
  #takeFrames(nowMs: number): Int16Array[] {
    const frames: Int16Array[] = [];
    for (const member of this.#members.values()) {
      const frame = member.input.frame(this.#parts.isHeard(member), nowMs);
      member.frames.unshift(frame);
      member.frames.length = Math.min(member.frames.length, this.#sums.length);
      if (frame === undefined) continue;
      member.heardTick = this.#ticks;
      frames.push(frame);
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
    if (member === undefined || (this.#ticks - member.heardTick) * this.tickMs > ownTrackHoldMs) {
      this.#all ??= this.#createOutput();
      return { output: this.#all, silent: false };
    }
    member.output ??= this.#createOutput();
    return { output: member.output, member, silent: false };
  }

  #createInput(): MemberInput {
    return new MemberInput({
      blockSamples: frameSamplesAt48k(this.#opus),
      keptFrames: this.#sums.length,
      rampMs: this.#options.rampMs,
      ...this.#options.jitterBuffer,
    });
  }

  #createSums(): Int32Array[] {
    const count = 1 + Math.ceil(runUpMs / this.tickMs);
    return Array.from({ length: count }, () => new Int32Array(frameSamplesAt48k(this.#opus)));
  }

  #createOutput(): TrackOutput {
    return new TrackOutput(this.#opus, this.#options.opusComplexity, this.#parts.createLimiter());
  }
}
