/** One encoded picture of a room, the same for every viewer. */
export interface EncodedVideoFrame {
  /** Annex B; SPS and PPS stand in front of a keyframe. Shared by all viewers: not to be changed. */
  readonly accessUnit: Buffer;
  /** RTP timestamp of 90 kHz, 0 to 2^32 - 1, wrapping: the time of the room's clock. */
  readonly timestamp90k: number;
  readonly keyframe: boolean;
  /** The same time in ms, of the clock that drives the room (`performance.now()`), for RTCP sender reports. */
  readonly capturedMs: number;
}

/** A viewer's place in a room's picture. */
export interface PictureViewer {
  /** Answers a PLI or FIR of the viewer: a keyframe comes soon, for all. */
  requestKeyframe(): void;
  /** Idempotent. */
  close(): void;
}

interface Watching {
  readonly sink: (frame: EncodedVideoFrame) => void;
  /** True once the viewer had a keyframe: before it, nothing can be decoded. */
  started: boolean;
}

/** Who watches a room. */
export class RoomViewers {
  readonly #watching = new Set<Watching>();
  readonly #onKeyframeRequest: () => void;

  constructor(onKeyframeRequest: () => void) {
    this.#onKeyframeRequest = onKeyframeRequest;
  }

  get size(): number {
    return this.#watching.size;
  }

  add(sink: (frame: EncodedVideoFrame) => void): PictureViewer {
    const watching: Watching = { sink, started: false };
    this.#watching.add(watching);
    this.#onKeyframeRequest();
    return {
      requestKeyframe: () => {
        if (this.#watching.has(watching)) this.#onKeyframeRequest();
      },
      close: () => {
        this.#watching.delete(watching);
      },
    };
  }

  /** Hands a picture to everybody who can decode it. */
  send(frame: EncodedVideoFrame): void {
    for (const watching of this.#watching) {
      watching.started ||= frame.keyframe;
      if (watching.started) watching.sink(frame);
    }
  }
}
