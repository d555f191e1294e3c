import { defaultOpusParameters } from '../../media/opus-parameters.ts';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { RoomMixerOptions } from '../audio/room-mixer.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import { RunningMixer } from './running-mixer.ts';
import type { Viewing } from './viewing.ts';

/** Name under which the stream is the only member of its own mixer. */
const self = 'self';

/**
 * A stream that may be published: who publishes it at present, and who watches it directly. For them it is
 * played as a room of one, with the same care for loss and jitter.
 */
export class Broadcast {
  readonly createdAtMs: number;
  readonly #options: RoomMixerOptions;
  #publisher: PublishSession | undefined;
  #mixer: RunningMixer | undefined;

  constructor(createdAtMs: number, options: RoomMixerOptions) {
    this.createdAtMs = createdAtMs;
    this.#options = options;
  }

  get publisher(): PublishSession | undefined {
    return this.#publisher;
  }

  /** Takes a new publisher or none; the one before is not ended here. */
  setPublisher(session: PublishSession | undefined): void {
    this.#publisher = session;
    this.#mixer?.restartMember(self);
  }

  push(packet: RtpAudioPacket, arrivalMs: number): void {
    this.#mixer?.push(self, packet, arrivalMs);
  }

  play(session: PlaySession): Viewing {
    if (this.#mixer === undefined) {
      this.#mixer = new RunningMixer(defaultOpusParameters, this.#options);
      this.#mixer.addMember(self);
    }
    const listener = this.#mixer.listen(
      'all',
      (frame) => session.sendAudio(frame),
      () => void session.close('closed-by-server'),
    );
    return { tracks: () => ['a1'], select: () => {}, close: () => listener.close() };
  }

  close(): void {
    this.#mixer?.close();
  }
}
