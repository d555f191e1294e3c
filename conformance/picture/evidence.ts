import { PNG } from 'pngjs';
import { type RgbaPicture, toRgba } from './colour-space.ts';
import type { CanvasComparison } from './compare-cells.ts';
import type { I420Picture } from './i420.ts';

/** Three PNG files for a report. */
export interface PictureTriple {
  readonly expected: Buffer;
  readonly actual: Buffer;
  readonly difference: Buffer;
}

/** What was expected, what came, and where they differ, as PNG files of the comparison's size. */
export function evidenceTriple(comparison: CanvasComparison): PictureTriple {
  return {
    expected: encodePng(comparison.expected),
    actual: encodePng(comparison.actual),
    difference: encodePng(comparison.difference),
  };
}

/**
 * A picture as a PNG file.
 * @throws RangeError where the data are not I420 of the given size
 */
export function pictureToPng(picture: I420Picture): Buffer {
  return encodePng(toRgba(picture));
}

/**
 * Pixels as a PNG file.
 * @throws RangeError where the data do not fill the size
 */
export function encodePng({ width, height, data }: RgbaPicture): Buffer {
  if (!(width > 0 && height > 0) || data.length !== width * height * 4) {
    throw new RangeError(`encodePng: ${data.length} bytes are not ${width}x${height} RGBA`);
  }
  const png = new PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  // Without opacity the files are a quarter smaller.
  return PNG.sync.write(png, { colorType: 2 });
}
