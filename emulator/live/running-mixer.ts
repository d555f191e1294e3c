import type { OpusParameters } from '../../media/opus-parameters.ts';
import type { EncodedAudioFrame, RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { warnOfFault } from '../audio/mix-fault.ts';
import type { MixListener, MixListenerOptions, TrackSource } from '../audio/mix-listener.ts';
import { startRoomClock } from '../audio/room-clock.ts';
import { type MixLevels, RoomMixer, type RoomMixerOptions } from '../audio/room-mixer.ts';

/** Somebody who looks at the levels of a mix. */
export interface MixMeter {
  read(): MixLevels;
  /** Idempotent. */
  close(): void;
}

/** A mixer with its clock, which only runs while somebody listens or looks at its levels. */
export class RunningMixer {
  readonly #mixer: RoomMixer;
  readonly #onTickError: (error: unknown) => void;
  /** Those who listen and those who look. */
  #users = 0;
  #meters = 0;
  /** Stops the clock; undefined while it does not run. */
  #stop: (() => void) | undefined;

  constructor(opus: OpusParameters, options: RoomMixerOptions) {
    this.#mixer = new RoomMixer(opus, options);
    const onError = options.onError ?? warnOfFault;
    this.#onTickError = (error) => onError({ error, part: 'tick' });
  }

  setOpus(opus: OpusParameters): void {
    this.#mixer.setOpus(opus);
  }

  addMember(name: string): void {
    this.#mixer.addMember(name);
  }

  removeMember(name: string): void {
    this.#mixer.removeMember(name);
  }

  restartMember(name: string): void {
    this.#mixer.restartMember(name);
  }

  setAudioMuted(name: string, muted: boolean): void {
    this.#mixer.setAudioMuted(name, muted);
  }

  /** Takes a packet of a member's sound; dropped while nobody listens, so that nothing piles up. */
  push(name: string, packet: RtpAudioPacket, arrivalMs: number): void {
    if (this.#stop !== undefined) this.#mixer.push(name, packet, arrivalMs);
  }

  listen(
    source: TrackSource,
    sink: (frame: EncodedAudioFrame) => void,
    options?: MixListenerOptions,
  ): MixListener {
    const listener = this.#mixer.listen(source, sink, options);
    const leave = this.#use();
    return {
      select: (next) => listener.select(next),
      close: () => {
        listener.close();
        leave();
      },
    };
  }

  /** Members are decoded while somebody looks, even where nobody listens; tracks are encoded for nobody. */
  openMeter(): MixMeter {
    this.#meters += 1;
    this.#mixer.setMetering(true);
    const leave = this.#use(() => {
      this.#meters -= 1;
      if (this.#meters === 0) this.#mixer.setMetering(false);
    });
    return { read: () => this.#mixer.levels(), close: leave };
  }

  memberDelayMs(name: string): number | undefined {
    return this.#mixer.memberStats(name)?.delayMs;
  }

  /** Lets the clock run for one more. @returns ends that; idempotent */
  #use(onEnd?: () => void): () => void {
    this.#users += 1;
    this.#stop ??= startRoomClock(
      () => this.#mixer.tickMs,
      (dueMs) => this.#mixer.tick(dueMs),
      { onError: this.#onTickError },
    );
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      onEnd?.();
      this.#users -= 1;
      if (this.#users === 0) this.close();
    };
  }

  /** Stops the clock; the next listener starts it again. Idempotent. */
  close(): void {
    if (this.#stop === undefined) return;
    this.#stop();
    this.#stop = undefined;
    this.#mixer.pause();
  }
}
