import {
  black,
  createPicture,
  fillLuma,
  fillRectangle,
  type I420Picture,
  inset,
  planesOf,
  type Rectangle,
  white,
  type YuvColour,
} from '../../picture/i420.ts';
import { codeColumns, codedFrameCount, encodeStamp, pictureBotCount } from './picture-code.ts';
import { pictureColour } from './picture-colours.ts';
import { labelDots } from './picture-label.ts';
import { type PictureLayout, pictureLayout } from './picture-layout.ts';

/** Which picture to paint. */
export interface SignatureOptions {
  /** Number of the bot, 0..63. */
  readonly bot: number;
  /** Number of the picture, from 0 on. */
  readonly frame: number;
  /** Even, up to 2046; from 100x64 on there is room for the patch. */
  readonly width: number;
  readonly height: number;
  /** Pictures per second. */
  readonly fps: number;
}

/** The lamp burns for this long at the start of every second. */
export const flashSeconds = 0.1;
/** The bar that shows people that the picture moves goes once to and fro in this time. */
const barPeriodSeconds = 4;

/**
 * Whether the lamp is on in this picture: those of the first 100 ms of each second of the bot's clock, in which
 * picture n stands at n / fps seconds. With whole frame rates the first of them stands exactly on the second,
 * where the beep starts; with others up to one picture later. Some picture of every second flashes from 1 fps on.
 */
export function isFlash(frame: number, fps: number): boolean {
  // Frames of low rates are longer than the flash: the first of each second flashes all the same.
  const second = (n: number) => Math.floor(n / fps + 1e-9);
  if (frame === 0 || second(frame) !== second(frame - 1)) return true;
  return frame / fps - second(frame) < flashSeconds - 1e-9;
}

/**
 * Paints one picture of a bot: its colour, a black and a white border, the coded patch with the bot's and the
 * picture's number, a circle with the lamp, `F` and the bot's number, and a bar that moves. What does not change
 * from picture to picture is painted once and copied.
 *
 * @returns a picture of its own each time
 * @throws RangeError for a bot, frame, size or rate that cannot be
 */
export function paintSignature(options: SignatureOptions): I420Picture {
  const { bot, frame, width, height, fps } = options;
  if (!Number.isInteger(bot) || bot < 0 || bot >= pictureBotCount) {
    throw new RangeError(`paintSignature: bot ${bot} is not 0 to ${pictureBotCount - 1}`);
  }
  if (!Number.isInteger(frame) || frame < 0)
    throw new RangeError(`paintSignature: frame ${frame} is not 0 or more`);
  if (!(fps > 0 && fps <= 1000))
    throw new RangeError(`paintSignature: ${fps} fps is not above 0, up to 1000`);

  const layout = pictureLayout(width, height);
  const still = stillPicture(bot, layout);
  const picture = { width, height, data: Uint8Array.from(still.data) };
  paintBlocks(picture, layout, bot, frame);
  if (isFlash(frame, fps)) fillDisc(picture, inset(layout.circle, layout.borderPx), white.y);
  paintBar(picture, layout, frame / fps);
  return picture;
}

/**
 * Paints border and patch over a picture that shows something else, such as a clip: it can be found like the
 * signature's, only that its colour says nothing.
 *
 * @throws RangeError for sizes without room for the patch
 */
export function stampPicture(picture: I420Picture, bot: number, frame: number): void {
  const layout = pictureLayout(picture.width, picture.height);
  paintBorder(picture, layout);
  paintPatchRings(picture, layout);
  paintBlocks(picture, layout, bot, frame);
}

const stills = new Map<string, I420Picture>();

/** All that is the same in each picture of a bot. */
function stillPicture(bot: number, layout: PictureLayout): I420Picture {
  const key = `${bot} ${layout.width}x${layout.height}`;
  const known = stills.get(key);
  if (known !== undefined) return known;

  const picture = createPicture(layout.width, layout.height, pictureColour(bot));
  paintBorder(picture, layout);
  paintPatchRings(picture, layout);
  greyChroma(picture, layout.circle);
  fillDisc(picture, layout.circle, white.y);
  fillDisc(picture, inset(layout.circle, layout.borderPx), black.y);
  paintLabel(picture, layout, bot);
  // A few sizes of up to 64 bots, at 1.4 MB and less.
  if (stills.size >= 96) stills.clear();
  stills.set(key, picture);
  return picture;
}

function paintBorder(picture: I420Picture, layout: PictureLayout): void {
  const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
  frameOf(picture, whole, layout.borderPx, black);
  frameOf(picture, inset(whole, layout.borderPx), layout.borderPx, white);
}

function frameOf(picture: I420Picture, area: Rectangle, thickness: number, colour: YuvColour): void {
  const { x, y, width, height } = area;
  fillRectangle(picture, { x, y, width, height: thickness }, colour);
  fillRectangle(picture, { x, y: y + height - thickness, width, height: thickness }, colour);
  fillRectangle(picture, { x, y, width: thickness, height }, colour);
  fillRectangle(picture, { x: x + width - thickness, y, width: thickness, height }, colour);
}

function paintPatchRings(picture: I420Picture, layout: PictureLayout): void {
  fillRectangle(picture, layout.patch, black);
  fillRectangle(picture, layout.ring, white);
}

function paintBlocks(picture: I420Picture, layout: PictureLayout, bot: number, frame: number): void {
  const { blockPx, blocks, width, height } = layout;
  for (const [n, bit] of encodeStamp({ bot, frame: frame % codedFrameCount, width, height }).entries()) {
    const x = blocks.x + (n % codeColumns) * blockPx;
    const y = blocks.y + Math.floor(n / codeColumns) * blockPx;
    fillLuma(picture, { x, y, width: blockPx, height: blockPx }, bit === 1 ? white.y : black.y);
  }
}

function paintLabel(picture: I420Picture, layout: PictureLayout, bot: number): void {
  const { label, labelDotPx } = layout;
  for (const { column, row } of labelDots(bot)) {
    const x = label.x + column * labelDotPx;
    const y = label.y + row * labelDotPx;
    fillRectangle(picture, { x, y, width: labelDotPx, height: labelDotPx }, white);
  }
}

function paintBar(picture: I420Picture, layout: PictureLayout, seconds: number): void {
  const { track } = layout;
  const length = track.height * 2;
  const phase = (seconds / barPeriodSeconds) % 1;
  const place = phase < 0.5 ? 2 * phase : 2 - 2 * phase;
  fillLuma(picture, { ...track, x: track.x + place * (track.width - length), width: length }, black.y);
}

/** A disc in the Y plane that fills a square. */
function fillDisc(picture: I420Picture, square: Rectangle, luma: number): void {
  const radius = square.width / 2;
  for (let row = 0; row < square.height; row++) {
    const fromCentre = row + 0.5 - radius;
    const half = Math.sqrt(Math.max(0, radius * radius - fromCentre * fromCentre));
    const x = square.x + radius - half;
    fillLuma(picture, { x, y: square.y + row, width: 2 * half, height: 1 }, luma);
  }
}

/** Takes the colour out of a disc, so that white and black in it are just that. */
function greyChroma(picture: I420Picture, square: Rectangle): void {
  const { u, v } = planesOf(picture);
  const radius = square.width / 4;
  const stride = picture.width / 2;
  for (let row = 0; row < 2 * radius; row++) {
    const fromCentre = row + 0.5 - radius;
    const half = Math.sqrt(Math.max(0, radius * radius - fromCentre * fromCentre));
    const start = (square.y / 2 + row) * stride + Math.round(square.x / 2 + radius - half);
    const end = (square.y / 2 + row) * stride + Math.round(square.x / 2 + radius + half);
    u.fill(128, start, end);
    v.fill(128, start, end);
  }
}
