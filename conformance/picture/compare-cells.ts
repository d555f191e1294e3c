import pixelmatch from 'pixelmatch';
import { type RgbaPicture, toRgba } from './colour-space.ts';
import { type I420Picture, inset, type Rectangle, requirePicture } from './i420.ts';
import { scalePicture } from './scale.ts';

/** How strictly to compare. */
export interface CompareOptions {
  /** Width of the strip inside each cell's edges that is not counted, for rounding by the server; default 4. */
  readonly insetPx?: number;
  /** `pixelmatch`'s threshold, 0..1; default 0.2, above what x264 at 1.5 Mbit/s changes. */
  readonly threshold?: number;
  /** Both pictures are made smaller by this before, so that a shift by one pixel hardly counts; default 2. */
  readonly reduction?: 1 | 2 | 4;
}

/** What came out. */
export interface CanvasComparison {
  /** For each cell the share of its pixels that differ, 0..1. */
  readonly cellShares: readonly number[];
  /** The same for all that is in no cell: letterbox bars and empty places. */
  readonly backgroundShare: number;
  /** All three at the reduced size; the difference has red where they differ, over the faint expected picture. */
  readonly expected: RgbaPicture;
  readonly actual: RgbaPicture;
  readonly difference: RgbaPicture;
}

const differing = [255, 0, 0] as const;

/**
 * Compares two canvases pixel by pixel and counts the differences cell by cell.
 *
 * @param cells in pixels of the canvas
 * @throws RangeError where the two have different sizes or are no I420
 */
export function compareCells(
  actual: I420Picture,
  expected: I420Picture,
  cells: readonly Rectangle[],
  options: CompareOptions = {},
): CanvasComparison {
  requirePicture(actual, 'compareCells');
  requirePicture(expected, 'compareCells');
  if (actual.width !== expected.width || actual.height !== expected.height) {
    const sizes = `${actual.width}x${actual.height} and ${expected.width}x${expected.height}`;
    throw new RangeError(`compareCells: pictures of ${sizes} cannot be compared`);
  }
  const { insetPx = 4, threshold = 0.2, reduction = 2 } = options;
  const seen = reduce(actual, reduction);
  const wanted = reduce(expected, reduction);
  const { width, height } = seen;
  const data = new Uint8Array(width * height * 4);
  pixelmatch(wanted.data, seen.data, data, width, height, { threshold, diffColor: [...differing] });

  const scaleX = width / actual.width;
  const scaleY = height / actual.height;
  const toReduced = (area: Rectangle) => ({
    x: area.x * scaleX,
    y: area.y * scaleY,
    width: area.width * scaleX,
    height: area.height * scaleY,
  });
  const inCells = new Uint8Array(width * height);
  const cellShares = cells.map((cell) => {
    forEachPixel(toReduced(inset(cell, -insetPx)), width, height, (at) => {
      inCells[at] = 1;
    });
    let pixels = 0;
    let different = 0;
    forEachPixel(toReduced(inset(cell, insetPx)), width, height, (at) => {
      pixels += 1;
      if (isDiffering(data, at)) different += 1;
    });
    return pixels === 0 ? 0 : different / pixels;
  });
  let pixels = 0;
  let different = 0;
  for (let at = 0; at < inCells.length; at++) {
    if (inCells[at] === 1) continue;
    pixels += 1;
    if (isDiffering(data, at)) different += 1;
  }
  return {
    cellShares,
    backgroundShare: pixels === 0 ? 0 : different / pixels,
    ...{ expected: wanted, actual: seen, difference: { width, height, data } },
  };
}

function reduce(picture: I420Picture, reduction: number): RgbaPicture {
  if (reduction === 1) return toRgba(picture);
  const even = (size: number) => Math.max(2, 2 * Math.round(size / reduction / 2));
  return toRgba(scalePicture(picture, even(picture.width), even(picture.height)));
}

/** All pixels whose centre lies in an area. */
function forEachPixel(area: Rectangle, width: number, height: number, visit: (at: number) => void): void {
  const left = Math.max(0, Math.round(area.x));
  const right = Math.min(width, Math.round(area.x + area.width));
  const bottom = Math.min(height, Math.round(area.y + area.height));
  for (let row = Math.max(0, Math.round(area.y)); row < bottom; row++) {
    for (let column = left; column < right; column++) visit(row * width + column);
  }
}

function isDiffering(data: Uint8Array, at: number): boolean {
  return differing.every((value, channel) => data[at * 4 + channel] === value);
}
