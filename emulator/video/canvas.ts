import type { I420Planes, Rect } from '../../media/h264/i420.ts';
import type { YuvColour } from './colour.ts';

/**
 * Fills a rectangle with one colour.
 * @param rect even numbers, inside the picture
 */
export function fillRect(picture: I420Planes, rect: Rect, colour: YuvColour): void {
  forEachRow(picture, rect, (row, plane) => row.fill(colour[plane]));
}

/**
 * Turns a rectangle left to right.
 * @param rect even numbers, inside the picture
 */
export function mirrorRect(picture: I420Planes, rect: Rect): void {
  forEachRow(picture, rect, (row) => row.reverse());
}

/** Sets the luma of a square; what sticks out of the picture is left out. The chroma stays. */
export function fillLuma(picture: I420Planes, x: number, y: number, side: number, luma: number): void {
  const from = Math.max(0, x);
  const to = Math.min(picture.width, x + side);
  if (to <= from) return;
  for (let row = Math.max(0, y); row < Math.min(picture.height, y + side); row += 1) {
    picture.planes[0].fill(luma, row * picture.strides[0] + from, row * picture.strides[0] + to);
  }
}

/** Every row of a rectangle, plane by plane. */
function forEachRow(
  picture: I420Planes,
  rect: Rect,
  visit: (row: Uint8Array, plane: 0 | 1 | 2) => void,
): void {
  for (const plane of [0, 1, 2] as const) {
    const unit = plane === 0 ? 1 : 2;
    const stride = picture.strides[plane];
    const bytes = picture.planes[plane];
    const width = rect.width / unit;
    const end = (rect.y + rect.height) / unit;
    for (let row = rect.y / unit; row < end; row += 1) {
      const at = row * stride + rect.x / unit;
      visit(bytes.subarray(at, at + width), plane);
    }
  }
}
