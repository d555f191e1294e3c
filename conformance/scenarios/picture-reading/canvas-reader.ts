import { PictureDecoder, type ViewedPicture } from '../../bots/picture-decoder.ts';
import type { ReceivedVideoPacket } from '../../bots/process/messages.ts';
import { CellWatcher } from '../../picture/cell-watcher.ts';
import type { I420Picture } from '../../picture/i420.ts';
import type { ReadingOptions, SeenCanvas, Viewed } from './messages.ts';
import { ShapeWatcher } from './shape-watcher.ts';

/** Reads everything that a viewer gets, in portions; it keeps what is seen in pictures, and of these only a few. */
export class CanvasReader {
  readonly #decoder: PictureDecoder;
  readonly #watcher = new CellWatcher();
  readonly #shapes: ShapeWatcher | undefined;
  readonly #canvases: SeenCanvas[] = [];
  readonly #kept: { readonly momentMs: number; picture: I420Picture | undefined }[] = [];
  #newest: I420Picture | undefined;

  private constructor(decoder: PictureDecoder, shapes: ShapeWatcher | undefined) {
    this.#decoder = decoder;
    this.#shapes = shapes;
  }

  static async open({ fromMs = Number.NEGATIVE_INFINITY, shapesOf }: ReadingOptions): Promise<CanvasReader> {
    const decoder = await PictureDecoder.open({
      wants: (arrivalMs) => arrivalMs >= fromMs,
      see: (viewed) => reader.#see(viewed),
    });
    const reader = new CanvasReader(decoder, shapesOf === undefined ? undefined : new ShapeWatcher(shapesOf));
    return reader;
  }

  /** Of what one viewer got, from the first packet on. */
  push(packets: readonly ReceivedVideoPacket[]): void {
    this.#decoder.push(packets);
  }

  /**
   * The last picture before a moment is wanted.
   * @param momentMs of the monotonic clock; no packet that came later may have been pushed
   */
  keep(momentMs: number): void {
    this.#kept.push({ momentMs, picture: this.#newest });
  }

  /** All that was seen. */
  get viewed(): Viewed {
    const { width = 0, height = 0 } = this.#newest ?? {};
    return {
      ...this.#decoder.summary,
      ...{ width, height },
      canvases: this.#canvases,
      kept: this.#kept.map(({ picture }) => picture),
      shapes: this.#shapes?.seen,
    };
  }

  /** Idempotent. */
  close(): void {
    this.#decoder.close();
  }

  #see({ picture, arrivalMs, keyframe }: ViewedPicture): void {
    const canvas = { arrivalMs, keyframe, cells: this.#watcher.read(picture) };
    this.#newest = picture;
    this.#canvases.push(canvas);
    this.#shapes?.see(canvas, picture);
    for (const one of this.#kept) {
      if (arrivalMs <= one.momentMs) one.picture = picture;
    }
  }
}
