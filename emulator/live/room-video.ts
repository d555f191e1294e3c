import type { VideoProfile } from '../profile.ts';
import type { Room, RoomEvent } from '../rooms/types.ts';
import type { RoomPictureOptions } from '../video/room-picture.ts';
import { RunningPicture } from '../video/running-picture.ts';
import type { PlaySession } from '../webrtc/types.ts';
import { type LiveParts, straightToListeners, type TakeVideo } from './live-parts.ts';
import { Packetized } from './packetized.ts';

/** The picture of one room, kept as the room's state says, and sent to those who watch. */
export class RoomVideo {
  readonly #picture: RunningPicture;
  readonly #parts: LiveParts;
  readonly #packetized = new Packetized();
  /** Takes a packet of a member's picture. Never throws. */
  readonly push: TakeVideo;

  constructor(
    room: Room,
    profile: VideoProfile,
    options: RoomPictureOptions,
    parts: LiveParts = straightToListeners,
  ) {
    this.#parts = parts;
    this.#picture = new RunningPicture(profile, options);
    this.push = parts.takeVideo((stream, packet, arrivalMs) => this.#picture.push(stream, packet, arrivalMs));
    for (const member of room.members) this.#picture.addMember(member.stream, member.videoMuted);
  }

  /** Follows a change of the room's state. */
  apply(event: RoomEvent): void {
    if (event.type === 'member-added') this.#picture.addMember(event.member.stream, event.member.videoMuted);
    if (event.type === 'member-removed') this.#picture.removeMember(event.member.stream);
    if (event.type === 'member-changed') {
      this.#picture.setVideoMuted(event.member.stream, event.member.videoMuted);
    }
  }

  /**
   * Another publisher sends for this member from here on.
   * @param parameterSets of its SDP, for publishers that do not send them with their pictures
   */
  restartMember(stream: string, parameterSets: readonly Buffer[]): void {
    this.#picture.restartMember(stream, parameterSets);
  }

  /** @returns ends it; idempotent */
  play(session: PlaySession): () => void {
    const viewer = this.#picture.watch(
      this.#parts.deliverVideo(({ accessUnit, timestamp90k }) => {
        session.sendVideo({ payloads: this.#packetized.payloadsOf(accessUnit), timestamp90k });
      }),
      () => session.connected,
    );
    session.onKeyframeRequest = this.#parts.askForKeyframe(() => viewer.requestKeyframe());
    return () => {
      session.onKeyframeRequest = undefined;
      viewer.close();
    };
  }

  /** The present canvas as a JPEG file. */
  snapshot(): Promise<Buffer> {
    return this.#picture.snapshot();
  }

  close(): Promise<void> {
    return this.#picture.close();
  }
}
