import type { SoftwareScaleContext } from 'node-av/lib';
import { H264Error } from './h264-error.ts';
import { checkEvenSize, type I420Planes, type Rect, type Size } from './i420.ts';
import { I420Buffer } from './i420-buffer.ts';
import type { NativePicture } from './native-picture.ts';
import { loadNodeAv, type NodeAv } from './node-av.ts';

/** The arguments of a native copy from a scaler's own picture to its place on the target. */
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
 * It scales into a picture of its own and copies that one to its place: swscale writes whole SIMD registers,
 * past the end of rows, which only the padding of a whole picture takes.
 */
export class Scaler {
  readonly #nodeAv: NodeAv;
  #scale: SoftwareScaleContext | undefined;
  /** Sizes and range that the context is made for. */
  #madeFor = '';
  #staging: I420Buffer | undefined;
  #copy: SoftwareScaleContext | undefined;
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
    const staging = this.#stagingFor(rect);
    const scale = this.#scaleFor(crop, source.fullRange, rect);
    // Planes are views that the garbage collector has to count: a whole picture goes without them.
    const scaled = sameSize(crop, source)
      ? scale.scaleFrameSync(staging.frame, source.frame)
      : scalePlanes(scale, partOf(source, crop), staging);
    if (scaled < 0) throw new H264Error(`swscale failed (${scaled})`);
    const { from, fromStrides, to, toStrides } = this.#placeOf(staging, target, rect);
    const copied = this.#copy!.scaleSync(from, fromStrides, 0, rect.height, to, toStrides);
    if (copied !== rect.height) throw new H264Error(`swscale failed (${copied})`);
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    this.#place = undefined;
    for (const context of [this.#scale, this.#copy]) context?.freeContext();
    [this.#scale, this.#copy] = [undefined, undefined];
    this.#staging?.close();
    this.#staging = undefined;
  }

  #scaleFor(from: Size, fullRange: boolean, to: Size): SoftwareScaleContext {
    const key = `${from.width}x${from.height}${fullRange ? 'full' : ''}>${to.width}x${to.height}`;
    if (this.#scale !== undefined && key === this.#madeFor) return this.#scale;
    this.#scale?.freeContext();
    this.#scale = createContext(this.#nodeAv, from, fullRange, to, false);
    this.#madeFor = key;
    return this.#scale;
  }

  #stagingFor(size: Size): I420Buffer {
    if (this.#staging !== undefined && sameSize(this.#staging, size)) return this.#staging;
    this.#place = undefined;
    this.#staging?.close();
    this.#staging = new I420Buffer(this.#nodeAv, size);
    this.#copy?.freeContext();
    this.#copy = createContext(this.#nodeAv, size, false, size, false);
    return this.#staging;
  }

  #placeOf(staging: I420Buffer, target: I420Planes, rect: Rect): Place {
    const known = this.#place;
    if (known?.target === target && known.rect.x === rect.x && known.rect.y === rect.y) return known;
    const part = partOf(target, rect);
    this.#place = {
      target,
      rect,
      from: [...staging.planes],
      fromStrides: [...staging.strides],
      to: [...part.planes] as Buffer[],
      toStrides: [...part.strides],
    };
    return this.#place;
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
