import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import type { RoomMeter } from '../http/room-meter.ts';
import type { RoomEvent, TrackSelection } from '../rooms/types.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import { ChosenPicture } from './chosen-picture.ts';
import type { RoomSound } from './room-sound.ts';
import type { RoomVideo } from './room-video.ts';
import type { Viewing } from './viewing.ts';

/** A room in operation: its sound, and its picture where it has one. */
export class LiveRoom {
  readonly #sound: RoomSound;
  /** Undefined where the room has no video track (`disable_video`, the default). */
  readonly #video: RoomVideo | undefined;

  constructor(sound: RoomSound, video: RoomVideo | undefined) {
    this.#sound = sound;
    this.#video = video;
  }

  get hasVideo(): boolean {
    return this.#video !== undefined;
  }

  /** Follows a change of the room's state. */
  apply(event: RoomEvent): void {
    this.#sound.apply(event);
    this.#video?.apply(event);
  }

  pushAudio(stream: string, packet: RtpAudioPacket, arrivalMs: number): void {
    this.#sound.push(stream, packet, arrivalMs);
  }

  pushVideo(stream: string, packet: RtpVideoPacket, arrivalMs: number): void {
    this.#video?.push(stream, packet, arrivalMs);
  }

  /** Another publisher sends for this member from here on. */
  restartMember(stream: string, publisher: Pick<PublishSession, 'videoParameterSets'>): void {
    this.#sound.restartMember(stream);
    this.#video?.restartMember(stream, publisher.videoParameterSets);
  }

  /** Nobody sends for this member any more: a placeholder at once, instead of a picture that stands still. */
  endMember(stream: string): void {
    this.#video?.restartMember(stream, []);
  }

  play(session: PlaySession, selection: TrackSelection): Viewing {
    const sound = this.#sound.play(session, selection.audio);
    const picture = new ChosenPicture(session, this.#video && ((viewer) => this.#video!.play(viewer)));
    picture.select(selection);
    return {
      tracks: () => [...picture.tracks, ...sound.tracks()],
      select: (next) => {
        sound.select(next);
        picture.select(next);
      },
      close: () => {
        sound.close();
        picture.close();
      },
    };
  }

  /** Measures the levels of members and tracks until the meter is closed. */
  openMeter(): RoomMeter {
    return this.#sound.openMeter();
  }

  /** The present canvas as a JPEG file; undefined for a room without a picture. */
  snapshot(): Promise<Buffer> | undefined {
    return this.#video?.snapshot();
  }

  async close(): Promise<void> {
    this.#sound.close();
    await this.#video?.close();
  }
}
