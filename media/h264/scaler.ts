import type { SoftwareScaleContext } from 'node-av/lib';
import { H264Error } from './h264-error.ts';
import { checkEvenSize, type I420Planes, type Rect, type Size } from './i420.ts';
import { I420Buffer } from './i420-buffer.ts';
import type { NativePicture } from './native-picture.ts';
import { loadNodeAv, type NodeAv } from './node-av.ts';

/**
 * swscale writes whole SIMD registers, past the end of a row that is no multiple of them. A width that is a
 * multiple of this is safe for luma and chroma.
 */
const safeWidth = 64;

/** The arguments of the native call that writes to the target. */
interface Place {
  readonly target: I420Planes;
  readonly rect: Rect;
  readonly from: Buffer[];
  readonly fromStrides: number[];
  readonly to: Buffer[];
  readonly toStrides: number[];
}

/**
 * Scales pictures into rectangles of another picture, on the calling thread: bilinear, and from full to
 * limited range where that is needed. It keeps what it worked out for the last pair of sizes, so that one
 * scaler should serve one source.
 *
 * Every picture goes through one of the scaler's own, since views of a decoder's memory, anew for each
 * picture, would keep the garbage collector busy. Where swscale writes past the end of rows, the own picture
 * is the scaled one, else a copy of the source, which is mostly the smaller one.
 */
export class Scaler {
  readonly #nodeAv: NodeAv;
  /** From the source to the own picture, and from there to the target: one of them only copies. */
  #first: SoftwareScaleContext | undefined;
  #second: SoftwareScaleContext | undefined;
  #own: I420Buffer | undefined;
  /** Sizes and range that all of these are made for. */
  #madeFor = '';
  #place: Place | undefined;
  #closed = false;

  /** @param nodeAv from `loadNodeAv` */
  constructor(nodeAv: NodeAv) {
    this.#nodeAv = nodeAv;
  }

  /**
   * Draws a part of a picture into a rectangle; what is around it stays as it is.
   * @param rect even numbers, inside the target
   * @param crop even numbers, inside the source; default all of it
   * @throws RangeError for a rectangle that is odd or sticks out, H264Error where swscale fails
   */
  draw(source: NativePicture, target: I420Planes, rect: Rect, crop: Rect = wholeOf(source)): void {
    if (this.#closed) throw new H264Error('the scaler is closed');
    checkInside(rect, target, 'Scaler.draw: target');
    checkInside(crop, source, 'Scaler.draw: source');
    const own = this.#ownFor(crop, source.fullRange, rect);
    const first = sameSize(crop, source)
      ? this.#first!.scaleFrameSync(own.frame, source.frame)
      : scalePlanes(this.#first!, partOf(source, crop), own);
    if (first < 0) throw new H264Error(`swscale failed (${first})`);
    const { from, fromStrides, to, toStrides } = this.#placeOf(own, target, rect);
    const rows = this.#second!.scaleSync(from, fromStrides, 0, own.height, to, toStrides);
    if (rows !== rect.height) throw new H264Error(`swscale failed (${rows})`);
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    this.#free();
  }

  #ownFor(from: Size, fullRange: boolean, to: Size): I420Buffer {
    const key = `${from.width}x${from.height}${fullRange ? 'full' : ''}>${to.width}x${to.height}`;
    if (this.#own !== undefined && key === this.#madeFor) return this.#own;
    this.#free();
    const size = to.width % safeWidth === 0 ? from : to;
    this.#own = new I420Buffer(this.#nodeAv, size);
    this.#first = createContext(this.#nodeAv, from, fullRange, size, false);
    this.#second = createContext(this.#nodeAv, size, false, to, false);
    this.#madeFor = key;
    return this.#own;
  }

  #placeOf(own: I420Buffer, target: I420Planes, rect: Rect): Place {
    const known = this.#place;
    if (known?.target === target && known.rect.x === rect.x && known.rect.y === rect.y) return known;
    const part = partOf(target, rect);
    this.#place = {
      target,
      rect,
      from: [...own.planes],
      fromStrides: [...own.strides],
      to: [...part.planes] as Buffer[],
      toStrides: [...part.strides],
    };
    return this.#place;
  }

  #free(): void {
    this.#place = undefined;
    for (const context of [this.#first, this.#second]) context?.freeContext();
    [this.#first, this.#second] = [undefined, undefined];
    this.#own?.close();
    this.#own = undefined;
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

/** A rectangle as planes of its own; the rows are as far apart as before. */
export function partOf(picture: I420Planes, { x, y, width, height }: Rect): I420Planes {
  const [luma, u, v] = picture.planes;
  const [lumaStride, uStride, vStride] = picture.strides;
  return {
    width,
    height,
    planes: [
      luma.subarray(y * lumaStride + x),
      u.subarray((y / 2) * uStride + x / 2),
      v.subarray((y / 2) * vStride + x / 2),
    ],
    strides: picture.strides,
  };
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
