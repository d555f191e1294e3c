import { frameDurationMs, frameSamplesAt48k, type OpusParameters } from '../../media/opus-parameters.ts';
import type { EncodedAudioFrame, RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { JitterBufferStats } from './jitter-buffer.ts';
import { LevelMeter } from './level-meter.ts';
import type { MemberInputOptions } from './member-input.ts';
import { type MixParts, minusSelfMix } from './minus-self.ts';
import { type MixFault, warnOfFault } from './mix-fault.ts';
import { Listening, type MixListener, type MixListenerOptions, type TrackSource } from './mix-listener.ts';
import { type MixMember, MixMembers } from './mix-members.ts';
import { TrackOutput } from './track-output.ts';

/** How a room's sound is buffered, mixed and encoded; see `AudioProfile`. */
export interface RoomMixerOptions {
  readonly opusComplexity: number;
  readonly rampMs: number;
  readonly jitterBuffer: { readonly earlinessFloorMs: number; readonly maxDelayMs: number };
  /** Replaced by deliberately broken emulators; default `minusSelfMix`. */
  readonly parts?: MixParts;
  /** Told of what went wrong in a tick; the rest of the room goes on. Default: a warning of the process. */
  readonly onError?: (fault: MixFault) => void;
}

/** How loud a mix is, over the last 100 ms or so; see `LevelMeter`. */
export interface MixLevels {
  /** By member, in dBFS: as it comes in, muted or not. */
  readonly members: ReadonlyMap<string, number>;
  /** Of each track that somebody listens to. */
  readonly tracks: readonly TrackLevel[];
}

/** How loud one track is, as its listeners hear it. */
export interface TrackLevel {
  readonly source: TrackSource;
  readonly dbfs: number;
}

/**
 * For so long a member that has fallen silent keeps an encoder of its own. Only then has its track become
 * the same as `all` for the decoder too, which remembers the frames before, and can change over unheard.
 */
const ownTrackHoldMs = 100;

/** An encoder that starts anew encodes so much of what went before, to be heard as if it had always run. */
const runUpMs = 40;

/** One track in the present tick. */
interface Track {
  readonly output: TrackOutput;
  /** Whose own track it is. */
  readonly member?: MixMember;
  readonly silent: boolean;
}

/**
 * Mixes the sound of one room. It knows no clock: `tick` makes the next frame of every track that somebody
 * listens to. A track is encoded once, however many listen, and tracks that nobody listens to are not
 * encoded at all.
 */
export class RoomMixer {
  readonly #options: RoomMixerOptions;
  readonly #parts: MixParts;
  readonly #onFault: (fault: MixFault) => void;
  readonly #members: MixMembers;
  readonly #listeners = new Set<Listening>();
  #opus: OpusParameters;
  /** Sums of the present tick and of those of the run-up, newest first. */
  #sums: Int32Array[];
  /** Work space: what one track shall hear. */
  #wide: Int32Array;
  /** By member: its own track, made when somebody first listens to it. */
  readonly #ownTracks = new Map<string, TrackOutput>();
  #all: TrackOutput | undefined;
  #silence: TrackOutput | undefined;
  #ticks = 0;
  /** The tracks of the last tick by what is heard in them; undefined while levels are not measured. */
  #metered: Map<string, { readonly source: TrackSource; readonly meter: LevelMeter }> | undefined;

  constructor(opus: OpusParameters, options: RoomMixerOptions) {
    this.#options = options;
    this.#parts = options.parts ?? minusSelfMix;
    this.#opus = opus;
    this.#sums = this.#createSums();
    this.#wide = new Int32Array(frameSamplesAt48k(opus));
    this.#onFault = options.onError ?? warnOfFault;
    this.#members = new MixMembers(this.#inputOptions(), this.#onFault);
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
    this.#ownTracks.clear();
    if (sameFrames) return;
    this.#sums = this.#createSums();
    this.#wide = new Int32Array(frameSamplesAt48k(opus));
    this.#members.startAnew(this.#inputOptions());
  }

  /** Adding a member twice changes nothing. */
  addMember(name: string): void {
    this.#members.add(name);
  }

  /** Its sound fades; whoever listens to its track hears silence from here on. */
  removeMember(name: string): void {
    this.#members.remove(name);
    this.#ownTracks.delete(name);
    for (const listening of this.#listeners) {
      if (typeof listening.source === 'object' && listening.source.minus === name)
        listening.source = 'silence';
    }
  }

  setAudioMuted(name: string, muted: boolean): void {
    this.#members.setAudioMuted(name, muted);
  }

  /** Takes a packet of a member's sound; of others it is dropped. Never throws. */
  push(name: string, packet: RtpAudioPacket, arrivalMs: number): void {
    this.#members.push(name, packet, arrivalMs);
  }

  /** Another publisher sends for this member from here on: the old one fades, the new one is ramped in. */
  restartMember(name: string): void {
    const member = this.#members.get(name);
    if (member === undefined) return;
    this.#members.restart(name);
    this.#members.setAudioMuted(name, this.#parts.isMutedAfterRestart(member));
  }

  /** To be called when the ticks stop: what was to be heard next is old by the time they go on. */
  pause(): void {
    this.#members.startAnew(this.#inputOptions());
    for (const sum of this.#sums) sum.fill(0);
  }

  /** Measures levels from here on, or no more. Nothing is measured at first, and nothing costs then. */
  setMetering(on: boolean): void {
    if (on === (this.#metered !== undefined)) return;
    this.#metered = on ? new Map() : undefined;
    this.#members.setMetering(on);
    for (const output of [this.#all, this.#silence, ...this.#ownTracks.values()]) {
      if (output !== undefined) output.meter = undefined;
    }
  }

  /** The levels of the last tick; empty where they are not measured. */
  levels(): MixLevels {
    const tracks = [...(this.#metered?.values() ?? [])];
    return {
      members: this.#members.levels(),
      tracks: tracks.map(({ source, meter }) => ({ source, dbfs: meter.dbfs })),
    };
  }

  memberStats(name: string): JitterBufferStats | undefined {
    return this.#members.stats(name);
  }

  listen(
    source: TrackSource,
    sink: (frame: EncodedAudioFrame) => void,
    options: MixListenerOptions = {},
  ): MixListener {
    const listening = new Listening(source, sink, options);
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

  /**
   * Makes the next frame of each track and hands it to its listeners. A fault of a member, of a track's codec
   * or of a listener stays with it.
   */
  tick(nowMs: number): void {
    this.#ticks += 1;
    this.#sums.unshift(this.#sums.pop()!);
    this.#parts.sum(this.#members.takeFrames(this.#ticks, nowMs, this.#parts.isHeard), this.#sums[0]!);
    const tracks = new Map<TrackOutput, Track>();
    /** Tracks that somebody begins to listen to. */
    const begun = new Set<TrackOutput>();
    this.#metered?.clear();
    for (const listening of this.#listeners) {
      if (!listening.isReady()) continue;
      const track = this.#route(listening.source);
      if (this.#metered !== undefined) this.#meter(listening.source, track.output);
      tracks.set(track.output, track);
      if (listening.turnTo(track.output)) begun.add(track.output);
    }
    const encoded = new Map<TrackOutput, EncodedAudioFrame | undefined>();
    for (const [output, track] of tracks) encoded.set(output, this.#encode(track, begun.has(output)));
    // Sending in between would push the codec out of the processor's caches: all at once costs a tenth less.
    for (const listening of this.#listeners) {
      const frame = listening.heard && encoded.get(listening.heard);
      if (frame !== undefined) this.#hand(frame, listening);
    }
  }

  #encode({ output, member, silent }: Track, independent: boolean): EncodedAudioFrame | undefined {
    try {
      const heard = (ago: number) => this.#heard(ago, member, silent);
      return output.encode(this.#ticks, heard, this.#sums.length - 1, independent);
    } catch (error) {
      this.#onFault({ error, part: 'track', ...(member && { member: member.name }) });
      return undefined;
    }
  }

  #meter(source: TrackSource, output: TrackOutput): void {
    output.meter ??= new LevelMeter();
    const name = typeof source === 'object' ? `minus ${source.minus}` : source;
    this.#metered!.set(name, { source, meter: output.meter });
  }

  #hand(frame: EncodedAudioFrame, listening: Listening): void {
    try {
      listening.hand(frame);
    } catch (error) {
      this.#listeners.delete(listening);
      this.#onFault({ error, part: 'listener' });
      listening.dropped();
    }
  }

  /** @returns what a track's listeners shall hear, or should have heard `ago` ticks before; one work space */
  #heard(ago: number, member: MixMember | undefined, silent: boolean): Int32Array {
    if (silent) return this.#wide.fill(0);
    this.#parts.withoutOwn(this.#sums[ago]!, member?.frames[ago], this.#wide);
    return this.#wide;
  }

  /** A listener whose member adds nothing hears what `all` hears, and shares its encoder. */
  #route(source: TrackSource): Track {
    const member = typeof source === 'object' ? this.#members.get(source.minus) : undefined;
    if (source === 'silence' || (typeof source === 'object' && member === undefined)) {
      this.#silence ??= this.#createOutput();
      return { output: this.#silence, silent: true };
    }
    if (member === undefined || (this.#ticks - member.heardTick) * this.tickMs > ownTrackHoldMs) {
      this.#all ??= this.#createOutput();
      return { output: this.#all, silent: false };
    }
    const output = this.#ownTracks.get(member.name) ?? this.#createOutput();
    this.#ownTracks.set(member.name, output);
    return { output, member, silent: false };
  }

  #inputOptions(): MemberInputOptions {
    return {
      blockSamples: frameSamplesAt48k(this.#opus),
      keptFrames: this.#sums.length,
      rampMs: this.#options.rampMs,
      ...this.#options.jitterBuffer,
    };
  }

  #createSums(): Int32Array[] {
    const count = 1 + Math.ceil(runUpMs / this.tickMs);
    return Array.from({ length: count }, () => new Int32Array(frameSamplesAt48k(this.#opus)));
  }

  #createOutput(): TrackOutput {
    return new TrackOutput(this.#opus, this.#options.opusComplexity, this.#parts.createLimiter());
  }
}
