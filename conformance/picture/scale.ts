import { createPicture, type I420Picture, planesOf, requirePicture } from './i420.ts';

/** Which input samples make one output sample, and how much of each. */
interface Tap {
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * Scales a picture: each output pixel is the mean of what it covers, weighted by a triangle one output pixel wide
 * to each side (one input pixel when enlarging, which is plain bilinear).
 *
 * @throws RangeError for sizes that are not even and positive
 */
export function scalePicture(picture: I420Picture, width: number, height: number): I420Picture {
  requirePicture(picture, 'scalePicture');
  const scaled = createPicture(width, height);
  const from = planesOf(picture);
  const to = planesOf(scaled);
  scalePlane(from.y, picture.width, picture.height, to.y, width, height);
  scalePlane(from.u, picture.width / 2, picture.height / 2, to.u, width / 2, height / 2);
  scalePlane(from.v, picture.width / 2, picture.height / 2, to.v, width / 2, height / 2);
  return scaled;
}

/**
 * Puts a picture into another with its upper left corner at an even position; what reaches out is left out.
 * @throws RangeError for an odd position
 */
export function drawPicture(canvas: I420Picture, picture: I420Picture, x: number, y: number): void {
  if (x % 2 !== 0 || y % 2 !== 0) throw new RangeError(`drawPicture: ${x},${y} is not an even position`);
  const to = planesOf(canvas);
  const from = planesOf(picture);
  copyPlane(from.y, picture.width, to.y, canvas.width, x, y);
  copyPlane(from.u, picture.width / 2, to.u, canvas.width / 2, x / 2, y / 2);
  copyPlane(from.v, picture.width / 2, to.v, canvas.width / 2, x / 2, y / 2);
}

function scalePlane(
  from: Uint8Array,
  fromWidth: number,
  fromHeight: number,
  to: Uint8Array,
  toWidth: number,
  toHeight: number,
): void {
  const columns = taps(fromWidth, toWidth);
  const rows = taps(fromHeight, toHeight);
  const narrow = new Float32Array(toWidth * fromHeight);
  for (let row = 0; row < fromHeight; row++) {
    for (let column = 0; column < toWidth; column++) {
      const { first, weights } = columns[column]!;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * from[row * fromWidth + first + k]!;
      narrow[row * toWidth + column] = sum;
    }
  }
  for (let row = 0; row < toHeight; row++) {
    const { first, weights } = rows[row]!;
    for (let column = 0; column < toWidth; column++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * narrow[(first + k) * toWidth + column]!;
      to[row * toWidth + column] = Math.round(sum);
    }
  }
}

function taps(from: number, to: number): readonly Tap[] {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  return Array.from({ length: to }, (_, n) => {
    const centre = (n + 0.5) * ratio - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(from - 1, Math.floor(centre + reach));
    const weights = new Float64Array(last - first + 1);
    let sum = 0;
    for (let k = first; k <= last; k++) {
      const weight = Math.max(0, 1 - Math.abs(k - centre) / reach);
      weights[k - first] = weight;
      sum += weight;
    }
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

function copyPlane(
  from: Uint8Array,
  fromWidth: number,
  to: Uint8Array,
  toWidth: number,
  x: number,
  y: number,
): void {
  const left = Math.max(0, x);
  const right = Math.min(toWidth, x + fromWidth);
  if (right <= left) return;
  const firstRow = Math.max(0, y);
  const endRow = Math.min(to.length / toWidth, y + from.length / fromWidth);
  for (let row = firstRow; row < endRow; row++) {
    const start = (row - y) * fromWidth - x;
    to.set(from.subarray(start + left, start + right), row * toWidth + left);
  }
}
