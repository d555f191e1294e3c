import { setTimeout as delay } from 'node:timers/promises';
import { CellWatcher } from '../picture/cell-watcher.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import { nowMs } from './clock.ts';
import type { VideoSource } from './kept-video.ts';
import { PictureDecoder, type PictureSummary, type ViewedPicture } from './picture-decoder.ts';

/** How often the bots are asked for what came. */
const lookEveryMs = 100;

/** One canvas with what is read in it. */
export interface LiveCanvas extends ViewedPicture {
  readonly cells: readonly FoundCell[];
}

/** How a viewer's pictures are read. */
export interface LiveViewerOptions {
  /** The time between two canvases that are read; default 0, which reads all of them. */
  readonly readEveryMs?: number;
  /** Searches each of them for cells, where otherwise cells that are known are only read again; default false. */
  readonly searchAll?: boolean;
  /** Ends all waiting. */
  readonly signal?: AbortSignal;
}

/** For how long something has to be seen, and how long one waits for it. */
export interface Patience {
  /** Default 0: one canvas is enough. */
  readonly steadyMs?: number;
  readonly patienceMs: number;
}

/** What a viewer sees, read while it comes: so that one can wait for what it shows instead of for a time. */
export class LiveViewer {
  readonly #viewer: VideoSource;
  readonly #decoder: PictureDecoder;
  readonly #signal: AbortSignal | undefined;
  readonly #times: { readonly arrivalMs: number; readonly timestamp: number }[] = [];
  #see: ((canvas: LiveCanvas) => void) | undefined;
  #newest: LiveCanvas | undefined;

  private constructor(viewer: VideoSource, decoder: PictureDecoder, signal: AbortSignal | undefined) {
    this.#viewer = viewer;
    this.#decoder = decoder;
    this.#signal = signal;
  }

  static async open(
    viewer: VideoSource,
    { readEveryMs = 0, searchAll = false, signal }: LiveViewerOptions = {},
  ): Promise<LiveViewer> {
    const watcher = new CellWatcher(searchAll ? { searchEveryPictures: 1 } : {});
    const decoder = await PictureDecoder.open({
      wants: (arrivalMs, timestamp) => {
        live.#times.push({ arrivalMs, timestamp });
        return arrivalMs - (live.newest?.arrivalMs ?? Number.NEGATIVE_INFINITY) >= readEveryMs;
      },
      see: (viewed) => {
        live.#newest = { ...viewed, cells: watcher.read(viewed.picture) };
        live.#see?.(live.#newest);
      },
    });
    const live = new LiveViewer(viewer, decoder, signal);
    return live;
  }

  /** The canvas that was read last. */
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
   * Looks at one canvas after the other until what is shown has been right for a while.
   * @param isRight asked once for each canvas that is read, in order, and for none after the one that is returned
   * @returns that canvas; undefined where patience, or the run, ends before
   */
  async waitUntil(
    isRight: (canvas: LiveCanvas) => boolean,
    { steadyMs = 0, patienceMs }: Patience,
  ): Promise<LiveCanvas | undefined> {
    const startedMs = nowMs();
    let rightSinceMs: number | undefined;
    let steady: LiveCanvas | undefined;
    this.#see = (canvas) => {
      if (steady !== undefined) return;
      if (!isRight(canvas)) rightSinceMs = undefined;
      else rightSinceMs ??= canvas.arrivalMs;
      if (rightSinceMs !== undefined && canvas.arrivalMs - rightSinceMs >= steadyMs) steady = canvas;
    };
    try {
      while (steady === undefined && nowMs() - startedMs < patienceMs && !this.#signal?.aborted) {
        await delay(lookEveryMs);
        this.#decoder.push(await this.#viewer.takeVideo());
      }
      return steady;
    } finally {
      this.#see = undefined;
    }
  }

  /** Idempotent. */
  close(): void {
    this.#decoder.close();
  }
}
