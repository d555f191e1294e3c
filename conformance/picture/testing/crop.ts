import { createPicture, type I420Picture, type Rectangle } from '../i420.ts';
import { drawPicture } from '../scale.ts';

/** A part of a picture: the even rectangle nearest to the given one, within the picture. */
export function cropPicture(picture: I420Picture, area: Rectangle): I420Picture {
  const left = evenWithin(area.x, picture.width - 2);
  const top = evenWithin(area.y, picture.height - 2);
  const width = Math.max(2, evenWithin(area.x + area.width, picture.width) - left);
  const height = Math.max(2, evenWithin(area.y + area.height, picture.height) - top);
  const part = createPicture(width, height);
  drawPicture(part, picture, -left, -top);
  return part;
}

function evenWithin(value: number, highest: number): number {
  return Math.min(Math.max(0, 2 * Math.round(value / 2)), highest - (highest % 2));
}
