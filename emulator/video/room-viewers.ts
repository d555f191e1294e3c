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

/** Takes frames. */
export type FrameSink = (frame: EncodedVideoFrame) => void;

/** Whether a viewer can take frames yet; one that could not asks for a keyframe when it can. */
export type IsReady = () => boolean;

interface Watching {
  readonly sink: FrameSink;
  readonly isReady: IsReady;
  /**
   * `away`: it could not take the last picture. `waiting` for a keyframe: before it, nothing can be decoded.
   * `started`: it takes every picture.
   */
  state: 'away' | 'waiting' | 'started';
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

  /** Somebody can take a frame. */
  get anyReady(): boolean {
    for (const { isReady } of this.#watching) if (isReady()) return true;
    return false;
  }

  /** @param isReady default: at once; no keyframe is made for who could not take it */
  add(sink: FrameSink, isReady: IsReady = () => true): PictureViewer {
    const ready = isReady();
    const watching: Watching = { sink, isReady, state: ready ? 'waiting' : 'away' };
    this.#watching.add(watching);
    if (ready) this.#onKeyframeRequest();
    return {
      requestKeyframe: () => {
        if (this.#watching.has(watching)) this.#onKeyframeRequest();
      },
      close: () => {
        this.#watching.delete(watching);
      },
    };
  }

  /** Hands a picture to everybody who can decode it: who missed one begins anew, with a keyframe. */
  send(frame: EncodedVideoFrame): void {
    for (const watching of this.#watching) {
      if (!watching.isReady()) {
        watching.state = 'away';
        continue;
      }
      if (frame.keyframe) watching.state = 'started';
      if (watching.state === 'started') watching.sink(frame);
      if (watching.state === 'away') {
        watching.state = 'waiting';
        this.#onKeyframeRequest();
      }
    }
  }
}
