import type { SoftwareScaleContext } from 'node-av/lib';
import { H264Error } from './h264-error.ts';
import { checkEvenSize, type I420Planes, partOf, type Rect, type Size } from './i420.ts';
import { I420Buffer } from './i420-buffer.ts';
import type { NativePicture } from './native-picture.ts';
import { loadNodeAv, type NodeAv } from './node-av.ts';
import { PictureWindow } from './picture-window.ts';

/**
 * swscale writes whole SIMD registers, past the end of a row that is no multiple of them. A width that is a
 * multiple of this is safe for luma and chroma.
 */
const safeWidth = 64;

/** How a picture is drawn. */
export interface DrawOptions {
  /** The part that is drawn: even numbers, inside the source; default all of it. */
  readonly crop?: Rect;
  /** Writes U where V belongs and the other way round; default false. */
  readonly swapChroma?: boolean;
}

/** What is kept from picture to picture. */
interface Tools {
  readonly key: string;
  readonly target: I420Buffer;
  readonly scale: SoftwareScaleContext;
  /** The place on the target. */
  readonly window: PictureWindow;
  /** Where the scaled picture must not be written to its place directly, it goes here and is copied. */
  readonly staging?: { readonly picture: I420Buffer; readonly copy: SoftwareScaleContext };
}

/**
 * Scales pictures into rectangles of another picture, on the calling thread: bilinear, and from full to
 * limited range where that is needed. It keeps what it worked out for the last pair of sizes, so that one
 * scaler should serve one source.
 *
 * Pictures are handed to FFmpeg as they are: views of their planes, anew for each picture, would keep the
 * garbage collector busy.
 */
export class Scaler {
  readonly #nodeAv: NodeAv;
  #tools: Tools | undefined;
  #closed = false;

  /** @param nodeAv from `loadNodeAv` */
  constructor(nodeAv: NodeAv) {
    this.#nodeAv = nodeAv;
  }

  /**
   * Draws a picture, or a part of it, into a rectangle; what is around it stays as it is.
   * @param rect even numbers, inside the target
   * @throws RangeError for a rectangle that is odd or sticks out, H264Error where swscale fails
   */
  draw(source: NativePicture, target: I420Buffer, rect: Rect, options: DrawOptions = {}): void {
    if (this.#closed) throw new H264Error('the scaler is closed');
    const { crop = wholeOf(source), swapChroma = false } = options;
    checkInside(rect, target, 'Scaler.draw: target');
    checkInside(crop, source, 'Scaler.draw: source');
    const { scale, window, staging } = this.#toolsFor(crop, source.fullRange, target, rect, swapChroma);
    const scaled = staging?.picture ?? window;
    checkResult(
      sameSize(crop, source)
        ? scale.scaleFrameSync(scaled.frame, source.frame)
        : scalePlanes(scale, partOf(source, crop), scaled),
    );
    if (staging === undefined) return;
    const { picture, copy } = staging;
    checkResult(
      swapChroma
        ? scalePlanes(copy, picture, swapped(window))
        : copy.scaleFrameSync(window.frame, picture.frame),
    );
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    this.#free();
  }

  #toolsFor(from: Size, fullRange: boolean, target: I420Buffer, to: Rect, swapChroma: boolean): Tools {
    const key = [from.width, from.height, fullRange, to.x, to.y, to.width, to.height, swapChroma].join(' ');
    if (this.#tools?.key === key && this.#tools.target === target) return this.#tools;
    this.#free();
    const direct = to.width % safeWidth === 0 && !swapChroma;
    this.#tools = {
      key,
      target,
      scale: createContext(this.#nodeAv, from, fullRange, to, false),
      window: new PictureWindow(this.#nodeAv, target, to),
      ...(!direct && {
        staging: {
          picture: new I420Buffer(this.#nodeAv, to),
          copy: createContext(this.#nodeAv, to, false, to, false),
        },
      }),
    };
    return this.#tools;
  }

  #free(): void {
    if (this.#tools === undefined) return;
    const { scale, window, staging } = this.#tools;
    this.#tools = undefined;
    scale.freeContext();
    window.close();
    staging?.copy.freeContext();
    staging?.picture.close();
  }
}

/**
 * Scales one picture into a new one, outside the calling thread.
 * @param picture must stay open until the promise settles
 * @returns to be closed by the caller
 * @throws RangeError for an odd size, H264Error where swscale fails
 */
export async function scalePicture(
  picture: NativePicture,
  size: Size,
  range: 'limited' | 'full' = 'limited',
): Promise<I420Buffer> {
  checkEvenSize(size, 'scalePicture');
  const nodeAv = await loadNodeAv();
  const target = new I420Buffer(nodeAv, size, range);
  const context = createContext(nodeAv, picture, picture.fullRange, size, target.fullRange);
  try {
    const from = [...picture.planes] as Buffer[];
    const { height, strides } = picture;
    const rows = await context.scale(from, [...strides], 0, height, [...target.planes], [...target.strides]);
    if (rows !== size.height) throw new H264Error(`swscale failed (${rows})`);
    return target;
  } catch (error) {
    target.close();
    throw error;
  } finally {
    context.freeContext();
  }
}

function createContext(
  nodeAv: NodeAv,
  from: Size,
  fromFullRange: boolean,
  to: Size,
  toFullRange: boolean,
): SoftwareScaleContext {
  const format = (full: boolean) => (full ? nodeAv.AV_PIX_FMT_YUVJ420P : nodeAv.AV_PIX_FMT_YUV420P);
  const context = new nodeAv.SoftwareScaleContext();
  context.getContext(
    from.width,
    from.height,
    format(fromFullRange),
    to.width,
    to.height,
    format(toFullRange),
    nodeAv.SWS_BILINEAR,
  );
  return context;
}

function wholeOf({ width, height }: Size): Rect {
  return { x: 0, y: 0, width, height };
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function checkInside(rect: Rect, { width, height }: Size, what: string): void {
  checkEvenSize(rect, what);
  const { x, y } = rect;
  const even = Number.isInteger(x / 2) && Number.isInteger(y / 2);
  if (even && x >= 0 && y >= 0 && x + rect.width <= width && y + rect.height <= height) return;
  throw new RangeError(`${what}: ${JSON.stringify(rect)} is odd or sticks out of ${width}x${height}`);
}

/** @returns negative for an error */
function scalePlanes(context: SoftwareScaleContext, from: I420Planes, to: I420Planes): number {
  return context.scaleSync(
    [...from.planes] as Buffer[],
    [...from.strides],
    0,
    from.height,
    [...to.planes] as Buffer[],
    [...to.strides],
  );
}

function checkResult(result: number): void {
  if (result < 0) throw new H264Error(`swscale failed (${result})`);
}

function swapped({ width, height, planes, strides }: I420Planes): I420Planes {
  return {
    width,
    height,
    planes: [planes[0], planes[2], planes[1]],
    strides: [strides[0], strides[2], strides[1]],
  };
}
