import type { Size } from '../../media/h264/i420.ts';
import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import { AnnouncedPicture } from '../video/announced-picture.ts';
import { MemberPicture } from '../video/member-picture.ts';
import { RoomViewers } from '../video/room-viewers.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import { Packetized } from './packetized.ts';

/** Who is told what goes wrong. */
export interface BroadcastPictureOptions {
  readonly onError?: (reason: string) => void;
}

/**
 * The picture of one published stream for those who watch it directly: passed on as it was coded, whole
 * pictures only, to each viewer from a keyframe on. While nobody does, its packets are not put together: most
 * streams are only members of rooms, which do so themselves.
 */
export class BroadcastPicture {
  readonly #viewers = new RoomViewers(() => this.#picture.requestKeyframe());
  readonly #packetized = new Packetized();
  readonly #announced = new AnnouncedPicture();
  readonly #picture: MemberPicture;
  #publisher: PublishSession | undefined;
  /** RTP timestamp of the picture whose beginning came while nobody watched. */
  #missedTimestamp: number | undefined;

  constructor({ onError }: BroadcastPictureOptions = {}) {
    this.#picture = new MemberPicture({
      onKeyframeRequest: () => this.#publisher?.requestKeyframe(),
      onMissing: (sequenceNumbers) => this.#publisher?.requestPackets(sequenceNumbers),
      onError: (reason) => onError?.(reason),
    });
  }

  /** Of the newest picture, in pixels. */
  get size(): Size | undefined {
    return this.#announced.size;
  }

  /** Takes a new publisher or none. */
  setPublisher(publisher: PublishSession | undefined): void {
    this.#publisher = publisher;
    this.#missedTimestamp = undefined;
    this.#announced.restart(publisher?.videoParameterSets ?? []);
    this.#restartPicture();
  }

  /** Takes a packet of the publisher; hostile ones too. Never throws. */
  push(packet: RtpVideoPacket, arrivalMs: number): void {
    this.#announced.push(packet.payload);
    if (this.#viewers.size === 0) {
      this.#missedTimestamp = packet.timestamp;
      return;
    }
    if (packet.timestamp === this.#missedTimestamp) return;
    this.#missedTimestamp = undefined;
    this.#picture.push(packet, arrivalMs);
    this.#picture.advance(arrivalMs);
    // What came while nobody watched is gone: a viewer begins with the next keyframe.
    for (const { data, timestamp, keyframe } of this.#picture.take()) {
      this.#viewers.send({ accessUnit: data, timestamp90k: timestamp, keyframe, capturedMs: arrivalMs });
    }
  }

  /** @returns ends it; idempotent */
  play(session: PlaySession): () => void {
    if (this.#viewers.size === 0) this.#restartPicture();
    const viewer = this.#viewers.add(
      ({ accessUnit, timestamp90k }) => {
        session.sendVideo({ payloads: this.#packetized.payloadsOf(accessUnit), timestamp90k });
      },
      () => session.connected,
    );
    this.#picture.setLookedAt(true);
    session.onKeyframeRequest = () => viewer.requestKeyframe();
    return () => {
      session.onKeyframeRequest = undefined;
      viewer.close();
      this.#picture.setLookedAt(this.#viewers.size > 0);
    };
  }

  #restartPicture(): void {
    this.#picture.restart();
    this.#picture.addParameterSets(this.#announced.parameterSets);
  }
}
