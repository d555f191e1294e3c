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

/** A picture, and where it belongs on the canvas. */
export interface PlacedPicture {
  readonly picture: I420Picture;
  /** In pixels; each edge is rounded to even. */
  readonly rectangle: Rectangle;
}

/**
 * The canvas as it should be: black, with each bot's picture painted anew, scaled, and put in its place. Uses only
 * what the bots send and where it belongs, nothing of the server.
 *
 * @throws RangeError for an odd canvas, or a picture that no bot can paint
 */
export function composeExpected(canvas: CanvasSize, pictures: readonly ExpectedPicture[]): I420Picture {
  return composePictures(
    canvas,
    pictures.map(({ bot, frame, fps, source, rectangle }) => ({
      picture: paintSignature({ bot, frame, fps, ...source }),
      rectangle,
    })),
  );
}

/**
 * The same of any pictures.
 * @throws RangeError for an odd canvas, or pictures that are no I420
 */
export function composePictures(canvas: CanvasSize, pictures: readonly PlacedPicture[]): I420Picture {
  const composed = createPicture(canvas.width, canvas.height);
  for (const { picture, rectangle } of pictures) {
    const left = even(rectangle.x);
    const top = even(rectangle.y);
    const width = even(rectangle.x + rectangle.width) - left;
    const height = even(rectangle.y + rectangle.height) - top;
    if (width <= 0 || height <= 0) continue;
    drawPicture(composed, scalePicture(picture, width, height), left, top);
  }
  return composed;
}

function even(value: number): number {
  return 2 * Math.round(value / 2);
}
