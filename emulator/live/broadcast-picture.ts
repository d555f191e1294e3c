import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
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
 * pictures only, to each viewer from a keyframe on.
 */
export class BroadcastPicture {
  readonly #viewers = new RoomViewers(() => this.#picture.requestKeyframe());
  readonly #packetized = new Packetized();
  readonly #picture: MemberPicture;
  #publisher: PublishSession | undefined;

  constructor({ onError }: BroadcastPictureOptions = {}) {
    this.#picture = new MemberPicture({
      onKeyframeRequest: () => this.#publisher?.requestKeyframe(),
      onMissing: (sequenceNumbers) => this.#publisher?.requestPackets(sequenceNumbers),
      onError: (reason) => onError?.(reason),
    });
  }

  /** Of the newest picture, in pixels. */
  get size(): { readonly width: number; readonly height: number } | undefined {
    return this.#picture.size;
  }

  /** Takes a new publisher or none. */
  setPublisher(publisher: PublishSession | undefined): void {
    this.#publisher = publisher;
    this.#picture.restart();
    this.#picture.addParameterSets(publisher?.videoParameterSets ?? []);
  }

  /** Takes a packet of the publisher; hostile ones too. Never throws. */
  push(packet: RtpVideoPacket, arrivalMs: number): void {
    this.#picture.push(packet, arrivalMs);
    this.#picture.advance(arrivalMs);
    // What came while nobody watched is gone: a viewer begins with the next keyframe.
    for (const { data, timestamp, keyframe } of this.#picture.take()) {
      this.#viewers.send({ accessUnit: data, timestamp90k: timestamp, keyframe, capturedMs: arrivalMs });
    }
  }

  /** @returns ends it; idempotent */
  play(session: PlaySession): () => void {
    const viewer = this.#viewers.add(({ accessUnit, timestamp90k }) => {
      session.sendVideo({ payloads: this.#packetized.payloadsOf(accessUnit), timestamp90k });
    });
    this.#picture.setLookedAt(true);
    session.onKeyframeRequest = () => viewer.requestKeyframe();
    return () => {
      session.onKeyframeRequest = undefined;
      viewer.close();
      this.#picture.setLookedAt(this.#viewers.size > 0);
    };
  }
}
