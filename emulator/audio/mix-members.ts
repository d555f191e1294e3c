import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { JitterBufferStats } from './jitter-buffer.ts';
import { LevelMeter } from './level-meter.ts';
import { MemberInput, type MemberInputOptions } from './member-input.ts';
import type { MixFault } from './mix-fault.ts';

/** One member as the mix sees it. */
export interface MixMember {
  readonly name: string;
  readonly audioMuted: boolean;
  /** What it added to the mix: in the present tick, and in those before, newest first. */
  readonly frames: readonly (Int16Array | undefined)[];
  /** Number of the last tick in which it added to the mix; minus infinity before the first. */
  readonly heardTick: number;
}

interface Entry {
  readonly name: string;
  /** `undefined` after a fault. */
  input: MemberInput | undefined;
  audioMuted: boolean;
  frames: (Int16Array | undefined)[];
  heardTick: number;
  /** Only while levels are measured. */
  meter: LevelMeter | undefined;
}

/** What is still to fade out of a member who left, or whose publisher was replaced. */
interface Leaving {
  readonly name: string;
  readonly input: MemberInput;
}

/** The members of a mix and what they add to it, a frame of each at a time. */
export class MixMembers {
  readonly #onFault: (fault: MixFault) => void;
  readonly #entries = new Map<string, Entry>();
  #inputOptions: MemberInputOptions;
  #leaving: Leaving[] = [];
  #lastTick = 0;
  #metering = false;

  constructor(inputOptions: MemberInputOptions, onFault: (fault: MixFault) => void) {
    this.#inputOptions = inputOptions;
    this.#onFault = onFault;
  }

  get(name: string): MixMember | undefined {
    return this.#entries.get(name);
  }

  /** Adding a member twice changes nothing. */
  add(name: string): void {
    if (this.#entries.has(name)) return;
    this.#entries.set(name, {
      name,
      input: this.#createInput(),
      audioMuted: false,
      frames: [],
      heardTick: Number.NEGATIVE_INFINITY,
      meter: this.#createMeter(),
    });
  }

  /** Its sound fades. */
  remove(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    this.#letFade(entry);
  }

  /** Another publisher sends for this member from here on: the old one fades, the new one is ramped in. */
  restart(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#letFade(entry);
    entry.input = this.#createInput();
  }

  setAudioMuted(name: string, muted: boolean): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) entry.audioMuted = muted;
  }

  /** Takes a packet of a member's sound; of others it is dropped. Never throws. */
  push(name: string, packet: RtpAudioPacket, arrivalMs: number): void {
    this.#entries.get(name)?.input?.push(packet, arrivalMs);
  }

  stats(name: string): JitterBufferStats | undefined {
    return this.#entries.get(name)?.input?.stats;
  }

  /** Measures the members' levels from here on, or no more. */
  setMetering(on: boolean): void {
    this.#metering = on;
    for (const entry of this.#entries.values()) entry.meter = this.#createMeter();
  }

  /** How loud each member is as it comes in, muted or not, in dBFS; empty where levels are not measured. */
  levels(): Map<string, number> {
    const levels = new Map<string, number>();
    for (const { name, meter } of this.#entries.values()) if (meter) levels.set(name, meter.dbfs);
    return levels;
  }

  /** Forgets all sound, and goes on with frames of these options; members and their mutes stay. */
  startAnew(inputOptions: MemberInputOptions): void {
    this.#inputOptions = inputOptions;
    this.#leaving = [];
    for (const entry of this.#entries.values()) {
      entry.input = this.#createInput();
      entry.frames = [];
      entry.heardTick = Number.NEGATIVE_INFINITY;
    }
  }

  /**
   * Takes every member's frame of this tick exactly once; the set of those that add to the mix is remembered
   * in their `frames`. A member whose input fails is silent until it is restarted.
   * @param isHeard whether a member shall be heard from here on
   * @returns 48 kHz mono each
   */
  takeFrames(tick: number, nowMs: number, isHeard: (member: MixMember) => boolean): Int16Array[] {
    this.#lastTick = tick;
    const frames: Int16Array[] = [];
    for (const entry of this.#entries.values()) {
      const frame = this.#takeFrame(entry, isHeard(entry), nowMs);
      entry.frames.unshift(frame);
      entry.frames.length = Math.min(entry.frames.length, this.#inputOptions.keptFrames);
      if (frame === undefined) continue;
      entry.heardTick = tick;
      frames.push(frame);
    }
    for (const leaving of this.#leaving) {
      if (this.#entries.has(leaving.name)) continue;
      const frame = this.#takeFading(leaving, nowMs);
      if (frame !== undefined) frames.push(frame);
    }
    if (this.#leaving.length > 0) this.#leaving = this.#leaving.filter(({ input }) => !input.faded);
    return frames;
  }

  /** With what is left of its former publishers: the member's own track must be without those too. */
  #takeFrame(entry: Entry, heard: boolean, nowMs: number): Int16Array | undefined {
    let frame: Int16Array | undefined;
    try {
      frame = entry.input?.frame(heard, nowMs, entry.meter);
    } catch (error) {
      entry.input = undefined;
      this.#onFault({ error, part: 'member', member: entry.name });
    }
    for (const leaving of this.#leaving) {
      if (leaving.name !== entry.name) continue;
      const fading = this.#takeFading(leaving, nowMs);
      if (fading === undefined) continue;
      if (frame === undefined) frame = fading;
      else addTo(frame, fading);
    }
    return frame;
  }

  #takeFading({ name, input }: Leaving, nowMs: number): Int16Array | undefined {
    try {
      return input.frame(false, nowMs);
    } catch (error) {
      this.#leaving = this.#leaving.filter((other) => other.input !== input);
      this.#onFault({ error, part: 'member', member: name });
      return undefined;
    }
  }

  /** Only what was heard in the last tick has anything to fade. */
  #letFade({ name, input, heardTick }: Entry): void {
    if (input !== undefined && heardTick === this.#lastTick) this.#leaving.push({ name, input });
  }

  #createMeter(): LevelMeter | undefined {
    return this.#metering ? new LevelMeter() : undefined;
  }

  #createInput(): MemberInput {
    return new MemberInput(this.#inputOptions);
  }
}

/** Adds in place; a frame that comes in and one that fades may meet at full scale. */
function addTo(frame: Int16Array, other: Int16Array): void {
  for (let i = 0; i < frame.length; i += 1) {
    frame[i] = Math.max(-32768, Math.min(32767, frame[i]! + other[i]!));
  }
}
