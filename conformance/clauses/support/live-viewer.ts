import { setTimeout as delay } from 'node:timers/promises';
import type { ListenerBot } from '../../bots/bot-host.ts';
import { nowMs } from '../../bots/clock.ts';
import { PictureDecoder, type PictureSummary } from '../../bots/picture-decoder.ts';
import { CellWatcher } from '../../picture/cell-watcher.ts';
import type { I420Picture } from '../../picture/i420.ts';
import type { SeenCanvas } from './picture-room.ts';

/** How often the bots are asked for what came. */
const lookEveryMs = 100;
/** Reading a canvas costs more than decoding it, and nothing here depends on single pictures. */
const readEveryMs = 150;

/** One canvas with what is read in it. */
export interface LiveCanvas extends SeenCanvas {
  readonly picture: I420Picture;
}

/** What a viewer sees, read now and then while it comes: so that one can wait for what it shows instead of for a time. */
export class LiveViewer {
  readonly #viewer: ListenerBot;
  readonly #decoder: PictureDecoder;
  readonly #times: { readonly arrivalMs: number; readonly timestamp: number }[] = [];
  #see: ((canvas: LiveCanvas) => void) | undefined;
  #newest: LiveCanvas | undefined;

  private constructor(viewer: ListenerBot, decoder: PictureDecoder) {
    this.#viewer = viewer;
    this.#decoder = decoder;
  }

  static async open(viewer: ListenerBot): Promise<LiveViewer> {
    const watcher = new CellWatcher({ searchEveryPictures: 1 });
    const decoder = await PictureDecoder.open({
      wants: (arrivalMs, timestamp) => {
        live.#times.push({ arrivalMs, timestamp });
        return arrivalMs - (live.newest?.arrivalMs ?? Number.NEGATIVE_INFINITY) >= readEveryMs;
      },
      see: ({ picture, arrivalMs }) => {
        live.#newest = { arrivalMs, picture, cells: watcher.read(picture) };
        live.#see?.(live.#newest);
      },
    });
    const live = new LiveViewer(viewer, decoder);
    return live;
  }

  get newest(): LiveCanvas | undefined {
    return this.#newest;
  }

  get summary(): PictureSummary {
    return this.#decoder.summary;
  }

  /** When each picture came, in ms of the monotonic clock, and its RTP timestamp of 90 kHz. */
  get times(): readonly { readonly arrivalMs: number; readonly timestamp: number }[] {
    return this.#times;
  }

  /**
   * Waits until what is shown has been right for a while, or until patience ends.
   * @returns true where it was; `newest` is the canvas either way
   */
  async waitUntil(
    isRight: (canvas: LiveCanvas) => boolean,
    { steadyMs, patienceMs }: { readonly steadyMs: number; readonly patienceMs: number },
  ): Promise<boolean> {
    const startedMs = nowMs();
    let rightSinceMs: number | undefined;
    let isSteady = false;
    this.#see = (canvas) => {
      if (!isRight(canvas)) rightSinceMs = undefined;
      else rightSinceMs ??= canvas.arrivalMs;
      isSteady = rightSinceMs !== undefined && canvas.arrivalMs - rightSinceMs >= steadyMs;
    };
    try {
      while (!isSteady && nowMs() - startedMs < patienceMs) {
        await delay(lookEveryMs);
        this.#decoder.push(await this.#viewer.takeVideo());
      }
      return isSteady;
    } finally {
      this.#see = undefined;
    }
  }

  /** Idempotent. */
  close(): void {
    this.#decoder.close();
  }
}
