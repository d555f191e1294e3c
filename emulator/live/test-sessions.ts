import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import type { EncodedVideoFrame } from '../../media/rtp-video-packet.ts';
import type { PlaySession, PublishSession, SessionEnd, WebRtcSession } from '../webrtc/types.ts';

let sessionsMade = 0;

/** What is the same in all sessions that have no network. */
class FakeSession implements WebRtcSession {
  readonly id: string;
  readonly startedAtMs = Date.now();
  readonly answer = 'v=0';
  readonly iceETag = '"1"';
  readonly connected = true;
  readonly hasVideo: boolean;
  readonly ended: Promise<SessionEnd>;
  /** Why it was closed. */
  end: SessionEnd | undefined;
  #resolveEnded: (reason: SessionEnd) => void = () => {};

  constructor(hasVideo = false) {
    this.hasVideo = hasVideo;
    sessionsMade += 1;
    this.id = `session${sessionsMade}`;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  async patch(): Promise<undefined> {}

  stats() {
    return { packets: 0, bytes: 0, packetsLost: 0, jitterMs: 0 };
  }

  async close(reason: SessionEnd): Promise<void> {
    this.end ??= reason;
    this.#resolveEnded(this.end);
  }
}

/** Helper of tests: a viewer that keeps what it is sent. */
export class FakePlaySession extends FakeSession implements PlaySession {
  readonly kind = 'play';
  readonly frames: EncodedAudioFrame[] = [];
  readonly pictures: EncodedVideoFrame[] = [];
  onKeyframeRequest: (() => void) | undefined;

  sendAudio(frame: EncodedAudioFrame): void {
    this.frames.push(frame);
  }

  sendVideo(frame: EncodedVideoFrame): void {
    this.pictures.push(frame);
  }
}

/** Helper of tests: a publisher whose packets are handed in by `onAudio`. */
export class FakePublishSession extends FakeSession implements PublishSession {
  readonly kind = 'publish';
  videoParameterSets: readonly Buffer[] = [];
  onAudio: PublishSession['onAudio'];
  onVideo: PublishSession['onVideo'];

  keyframeRequests = 0;

  requestKeyframe(): void {
    this.keyframeRequests += 1;
  }

  requestPackets(): void {}
}
