import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import type { RoomMeter } from '../http/room-meter.ts';
import type { RoomEvent, TrackSelection } from '../rooms/types.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import type { RoomSound } from './room-sound.ts';
import type { RoomVideo } from './room-video.ts';
import type { Viewing } from './viewing.ts';

/** Id of the only video track: the grid of everybody. */
const gridTrackId = 'v1';

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

  /** Who asks for a track of sound only gets no picture; who asks for nothing gets both. */
  play(session: PlaySession, selection: TrackSelection): Viewing {
    const sound = this.#sound.play(session, selection.audio);
    let stopVideo: (() => void) | undefined;
    const selectVideo = ({ audio, video }: TrackSelection) => {
      const wanted = session.hasVideo && (video !== undefined || audio === undefined);
      if (wanted) stopVideo ??= this.#video?.play(session);
      if (wanted) return;
      stopVideo?.();
      stopVideo = undefined;
    };
    selectVideo(selection);
    return {
      tracks: () => [...(stopVideo === undefined ? [] : [gridTrackId]), ...sound.tracks()],
      select: (next) => {
        sound.select(next);
        selectVideo(next);
      },
      close: () => {
        sound.close();
        stopVideo?.();
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
