import { setTimeout as delay } from 'node:timers/promises';
import type { ListenerBot } from '../bots/bot-host.ts';
import { PictureDecoder } from '../bots/picture-decoder.ts';
import { CellWatcher } from '../picture/cell-watcher.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import type { I420Picture } from '../picture/i420.ts';

/** One canvas that a viewer got, and what is read in it. */
export interface WatchedCanvas {
  readonly picture: I420Picture;
  readonly cells: readonly FoundCell[];
  /** In ms of the monotonic clock. */
  readonly arrivalMs: number;
  /** 90 kHz. */
  readonly timestamp: number;
  readonly keyframe: boolean;
}

const lookEveryMs = 100;

/** A room's picture as one viewer sees it, read canvas by canvas as it comes. */
export class WatchedPicture {
  readonly #viewer: ListenerBot;
  readonly #decoder: PictureDecoder;
  readonly #signal: AbortSignal;
  #see: ((canvas: WatchedCanvas) => void) | undefined;

  private constructor(viewer: ListenerBot, decoder: PictureDecoder, signal: AbortSignal) {
    this.#viewer = viewer;
    this.#decoder = decoder;
    this.#signal = signal;
  }

  static async open(viewer: ListenerBot, signal: AbortSignal): Promise<WatchedPicture> {
    const watcher = new CellWatcher();
    const decoder = await PictureDecoder.open({
      see: (viewed) => watched.#see?.({ ...viewed, cells: watcher.read(viewed.picture) }),
    });
    const watched = new WatchedPicture(viewer, decoder, signal);
    return watched;
  }

  /**
   * Looks at every canvas until one is right.
   * @returns that canvas; undefined where patience, or the run, ends before
   */
  async until(
    isRight: (canvas: WatchedCanvas) => boolean,
    patienceMs: number,
  ): Promise<WatchedCanvas | undefined> {
    const startedMs = performance.now();
    let right: WatchedCanvas | undefined;
    this.#see = (canvas) => {
      if (right === undefined && isRight(canvas)) right = canvas;
    };
    while (right === undefined && performance.now() - startedMs < patienceMs && !this.#signal.aborted) {
      await delay(lookEveryMs);
      this.#decoder.push(await this.#viewer.takeVideo());
    }
    this.#see = undefined;
    return right;
  }

  /** Idempotent. */
  close(): void {
    this.#decoder.close();
  }
}
