import { createPicture, type I420Picture, planesOf } from '../i420.ts';
import { isOnItsSide, type Orientation, orient } from '../orientation.ts';

/** A picture mirrored and turned, as a broken server would do it. */
export function turnPicture(picture: I420Picture, orientation: Orientation): I420Picture {
  const { width, height } = picture;
  const turned = isOnItsSide(orientation) ? createPicture(height, width) : createPicture(width, height);
  const from = planesOf(picture);
  const to = planesOf(turned);
  turnPlane(from.y, width, height, to.y, turned.width, orientation);
  turnPlane(from.u, width / 2, height / 2, to.u, turned.width / 2, orientation);
  turnPlane(from.v, width / 2, height / 2, to.v, turned.width / 2, orientation);
  return turned;
}

/** A picture with U and V exchanged. */
export function exchangeChroma(picture: I420Picture): I420Picture {
  const exchanged = { ...picture, data: Uint8Array.from(picture.data) };
  const { u, v } = planesOf(picture);
  planesOf(exchanged).u.set(v);
  planesOf(exchanged).v.set(u);
  return exchanged;
}

function turnPlane(
  from: Uint8Array,
  width: number,
  height: number,
  to: Uint8Array,
  toWidth: number,
  orientation: Orientation,
): void {
  const toHeight = to.length / toWidth;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const seen = orient((column + 0.5) / width, (row + 0.5) / height, orientation);
      to[Math.floor(seen.y * toHeight) * toWidth + Math.floor(seen.x * toWidth)] =
        from[row * width + column]!;
    }
  }
}
