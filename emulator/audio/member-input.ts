import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { GainRamp } from './gain-ramp.ts';
import { JitterBuffer, type JitterBufferStats } from './jitter-buffer.ts';
import type { LevelMeter } from './level-meter.ts';

export interface MemberInputOptions {
  readonly blockSamples: number;
  /** How many of the newest frames stay valid. */
  readonly keptFrames: number;
  readonly rampMs: number;
  readonly earlinessFloorMs: number;
  readonly maxDelayMs: number;
}

/** A member counts as a source for so long after its newest packet: pauses in speech change nothing. */
const sourceHoldMs = 1000;

/**
 * What one publisher of a member brings into the mix: its jitter buffer and its gain, a frame at a time. It
 * begins at silence and is ramped in.
 */
export class MemberInput {
  readonly #ramp: GainRamp;
  /** Frames that are filled in turns. */
  readonly #frames: readonly Int16Array[];
  #turn = 0;
  readonly #buffer: JitterBuffer;

  constructor(options: MemberInputOptions) {
    this.#ramp = new GainRamp(options.rampMs * 48);
    this.#frames = Array.from({ length: options.keptFrames }, () => new Int16Array(options.blockSamples));
    this.#buffer = new JitterBuffer(options);
  }

  get stats(): JitterBufferStats {
    return this.#buffer.stats;
  }

  push(packet: RtpAudioPacket, arrivalMs: number): void {
    this.#buffer.push(packet, arrivalMs);
  }

  /** True: it is to be heard no more, and has faded. */
  get faded(): boolean {
    return this.#ramp.silent;
  }

  /**
   * Takes the frame of this tick; it must be called once a tick, heard or not, so that the delay stays.
   * @param heard whether the member shall be heard from here on
   * @param meter is given the sound as it came, heard or not
   * @returns 48 kHz mono, valid for `keptFrames` calls, or `undefined` where it adds nothing to the mix
   */
  frame(heard: boolean, nowMs: number, meter?: LevelMeter): Int16Array | undefined {
    this.#turn = (this.#turn + 1) % this.#frames.length;
    const frame = this.#frames[this.#turn]!;
    this.#buffer.pull(frame, nowMs);
    meter?.add(frame);
    this.#ramp.aim(heard);
    if (nowMs - this.#buffer.heardAtMs > sourceHoldMs) {
      this.#ramp.settle();
      return undefined;
    }
    if (this.#ramp.silent) return undefined;
    this.#ramp.apply(frame);
    return frame;
  }
}
