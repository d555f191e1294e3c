/**
 * One picture as H.264 codes it: 8 bits, 4:2:0. `data` holds the Y plane, then U, then V, rows without padding:
 * `width * height * 3 / 2` bytes. Sizes are even.
 */
export interface I420Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A colour in limited range: Y 16..235, U and V 16..240 with 128 for grey. */
export interface YuvColour {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** A rectangle in pixels; fractions are allowed where it was measured. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Black in limited range. */
export const black: YuvColour = { y: 16, u: 128, v: 128 };

/** White in limited range. */
export const white: YuvColour = { y: 235, u: 128, v: 128 };

/** The three planes of a picture; writing to them writes to the picture. */
export interface Planes {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** The planes of a picture, as views of its data. */
export function planesOf(picture: I420Picture): Planes {
  const luma = picture.width * picture.height;
  const chroma = luma / 4;
  return {
    y: picture.data.subarray(0, luma),
    u: picture.data.subarray(luma, luma + chroma),
    v: picture.data.subarray(luma + chroma, luma + 2 * chroma),
  };
}

/**
 * A picture of one colour.
 * @throws RangeError for sizes that are not even and positive
 */
export function createPicture(width: number, height: number, colour: YuvColour = black): I420Picture {
  if (!isEvenSize(width) || !isEvenSize(height)) {
    throw new RangeError(`createPicture: ${width}x${height} is not an even, positive size`);
  }
  const picture = { width, height, data: new Uint8Array((width * height * 3) / 2) };
  const { y, u, v } = planesOf(picture);
  y.fill(colour.y);
  u.fill(colour.u);
  v.fill(colour.v);
  return picture;
}

/**
 * Looks at a picture that came from outside.
 * @throws RangeError that names the function and what is wrong with the picture
 */
export function requirePicture(picture: I420Picture, caller: string): void {
  const { width, height, data } = picture;
  if (!isEvenSize(width) || !isEvenSize(height)) {
    throw new RangeError(`${caller}: a picture of ${width}x${height} has no even, positive size`);
  }
  const expected = (width * height * 3) / 2;
  if (data.length !== expected) {
    throw new RangeError(
      `${caller}: ${data.length} bytes are not ${width}x${height} I420, ${expected} bytes`,
    );
  }
}

/** Fills a rectangle of whole pixels; what lies outside the picture is left out. Chroma follows even pixels. */
export function fillRectangle(picture: I420Picture, area: Rectangle, colour: YuvColour): void {
  fillLuma(picture, area, colour.y);
  const { u, v } = planesOf(picture);
  const width = picture.width / 2;
  const left = clamp(Math.round(area.x / 2), 0, width);
  const right = clamp(Math.round((area.x + area.width) / 2), 0, width);
  const bottom = clamp(Math.round((area.y + area.height) / 2), 0, picture.height / 2);
  for (let row = clamp(Math.round(area.y / 2), 0, picture.height / 2); row < bottom; row++) {
    u.fill(colour.u, row * width + left, row * width + right);
    v.fill(colour.v, row * width + left, row * width + right);
  }
}

/** Fills a rectangle of whole pixels in the Y plane only: for black and white where the chroma is grey already. */
export function fillLuma(picture: I420Picture, area: Rectangle, luma: number): void {
  const { width, height, data } = picture;
  const left = clamp(Math.round(area.x), 0, width);
  const right = clamp(Math.round(area.x + area.width), 0, width);
  const bottom = clamp(Math.round(area.y + area.height), 0, height);
  for (let row = clamp(Math.round(area.y), 0, height); row < bottom; row++) {
    data.fill(luma, row * width + left, row * width + right);
  }
}

/** Whether two rectangles share a point. */
export function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** A rectangle made smaller on all sides; larger by a negative number. */
export function inset(area: Rectangle, by: number): Rectangle {
  return {
    x: area.x + by,
    y: area.y + by,
    width: Math.max(0, area.width - 2 * by),
    height: Math.max(0, area.height - 2 * by),
  };
}

/** A value brought into a range. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

function isEvenSize(size: number): boolean {
  return Number.isInteger(size) && size > 0 && size % 2 === 0;
}
