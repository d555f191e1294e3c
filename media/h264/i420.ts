/** A width and a height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, in pixels. */
export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/**
 * One picture in plain memory: I420, that is the luma plane, then U, then V with half the width and height,
 * without padding. 8 bits, limited range (16 to 235), even sizes.
 */
export interface I420Image extends Size {
  readonly data: Uint8Array;
}

/** The three planes of a picture that may have padding at the end of its rows. */
export interface I420Planes extends Size {
  readonly planes: readonly [y: Uint8Array, u: Uint8Array, v: Uint8Array];
  /** Bytes from row to row of each plane. */
  readonly strides: readonly [y: number, u: number, v: number];
}

/** The largest width or height of a picture that is made here. */
const maxSide = 8192;

/** @throws RangeError for a size that no I420 picture of this project has: odd, not whole, none, too large */
export function checkEvenSize({ width, height }: Size, what: string): void {
  const good = (side: number) => Number.isInteger(side) && side >= 2 && side <= maxSide && side % 2 === 0;
  if (!good(width) || !good(height)) {
    throw new RangeError(`${what}: ${width}x${height} is no even size up to ${maxSide}`);
  }
}

/** Bytes of an `I420Image` of this size. */
export function i420Bytes({ width, height }: Size): number {
  return (width * height * 3) / 2;
}

/** @throws RangeError for an odd size, or data that are not exactly as long as the size asks for */
export function checkI420Image(image: I420Image, what: string): void {
  checkEvenSize(image, what);
  if (image.data.length === i420Bytes(image)) return;
  const { width, height, data } = image;
  throw new RangeError(`${what}: ${width}x${height} needs ${i420Bytes(image)} bytes, got ${data.length}`);
}

/** Looks at an image as planes, without copying. */
export function planesOf(image: I420Image): I420Planes {
  const { width, height, data } = image;
  const luma = width * height;
  const chroma = luma / 4;
  return {
    width,
    height,
    planes: [data.subarray(0, luma), data.subarray(luma, luma + chroma), data.subarray(luma + chroma)],
    strides: [width, width / 2, width / 2],
  };
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
