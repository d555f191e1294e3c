import { paintSignature } from '../bots/signatures/picture-signature.ts';
import type { CanvasSize } from './grid.ts';
import { createPicture, type I420Picture, type Rectangle } from './i420.ts';
import { drawPicture, scalePicture } from './scale.ts';

/** One picture of the canvas that is expected. */
export interface ExpectedPicture {
  readonly bot: number;
  /** Which of its pictures: as read from the patch in the canvas it is compared with. */
  readonly frame: number;
  readonly fps: number;
  /** Size as the bot paints it. */
  readonly source: { readonly width: number; readonly height: number };
  /** Where it belongs, in pixels; each edge is rounded to even. */
  readonly rectangle: Rectangle;
}

/**
 * The canvas as it should be: black, with each bot's picture painted anew, scaled, and put in its place. Uses only
 * what the bots send and where it belongs, nothing of the server.
 *
 * @throws RangeError for an odd canvas, or a picture that no bot can paint
 */
export function composeExpected(canvas: CanvasSize, pictures: readonly ExpectedPicture[]): I420Picture {
  const composed = createPicture(canvas.width, canvas.height);
  for (const { bot, frame, fps, source, rectangle } of pictures) {
    const left = even(rectangle.x);
    const top = even(rectangle.y);
    const width = even(rectangle.x + rectangle.width) - left;
    const height = even(rectangle.y + rectangle.height) - top;
    if (width <= 0 || height <= 0) continue;
    const painted = paintSignature({ bot, frame, fps, ...source });
    drawPicture(composed, scalePicture(painted, width, height), left, top);
  }
  return composed;
}

function even(value: number): number {
  return 2 * Math.round(value / 2);
}
