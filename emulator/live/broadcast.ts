import { defaultOpusParameters } from '../../media/opus-parameters.ts';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import type { RoomMixerOptions } from '../audio/room-mixer.ts';
import type { TrackSelection } from '../rooms/types.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import { BroadcastPicture, type BroadcastPictureOptions } from './broadcast-picture.ts';
import { ChosenPicture } from './chosen-picture.ts';
import { RunningMixer } from './running-mixer.ts';
import type { Viewing } from './viewing.ts';

/** Name under which the stream is the only member of its own mixer. */
const self = 'self';

/**
 * A stream that may be published: who publishes it at present, and who watches it directly. Its sound is
 * played to them as a room of one, with the same care for loss and jitter; its picture is passed on as it is.
 */
export class Broadcast {
  readonly createdAtMs: number;
  readonly #options: RoomMixerOptions;
  #publisher: PublishSession | undefined;
  #mixer: RunningMixer | undefined;
  readonly #picture: BroadcastPicture;

  constructor(createdAtMs: number, options: RoomMixerOptions, pictureOptions: BroadcastPictureOptions = {}) {
    this.createdAtMs = createdAtMs;
    this.#options = options;
    this.#picture = new BroadcastPicture(pictureOptions);
  }

  /** Size of the newest picture, in pixels; `undefined` before the first, and where there is none. */
  get pictureSize(): BroadcastPicture['size'] {
    return this.#publisher?.hasVideo ? this.#picture.size : undefined;
  }

  /** False where its publisher is known to send sound only. */
  get mayHaveVideo(): boolean {
    return this.#publisher?.hasVideo ?? true;
  }

  get publisher(): PublishSession | undefined {
    return this.#publisher;
  }

  /** Takes a new publisher or none; the one before is not ended here. */
  setPublisher(session: PublishSession | undefined): void {
    this.#publisher = session;
    this.#mixer?.restartMember(self);
    this.#picture.setPublisher(session);
  }

  pushAudio(packet: RtpAudioPacket, arrivalMs: number): void {
    this.#mixer?.push(self, packet, arrivalMs);
  }

  pushVideo(packet: RtpVideoPacket, arrivalMs: number): void {
    this.#picture.push(packet, arrivalMs);
  }

  /** Its tracks are `a1` and `v1`; who asks for sound only gets no picture. */
  play(session: PlaySession, selection: TrackSelection = {}): Viewing {
    if (this.#mixer === undefined) {
      this.#mixer = new RunningMixer(defaultOpusParameters, this.#options);
      this.#mixer.addMember(self);
    }
    const listener = this.#mixer.listen('all', (frame) => session.sendAudio(frame), {
      isReady: () => session.connected,
      onDropped: () => void session.close('closed-by-server'),
    });
    const picture = new ChosenPicture(session, (viewer) => this.#picture.play(viewer));
    picture.select(selection);
    return {
      tracks: () => [...picture.tracks, 'a1'],
      select: (next) => picture.select(next),
      close: () => {
        listener.close();
        picture.close();
      },
    };
  }

  close(): void {
    this.#mixer?.close();
  }
}
