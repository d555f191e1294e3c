import type { I420Planes, Rect } from '../../media/h264/i420.ts';
import { fillLuma, fillRect } from './canvas.ts';
import type { YuvColour } from './colour.ts';
import { type Glyph, glyphSize, glyphsOf } from './glyphs.ts';

/** Grey, so that a placeholder is told from the background and from a black picture. */
const panel: YuvColour = [58, 128, 128];
const inkLuma = 200;
/** Of the cell's width and height that the name takes at most. */
const maxShare = { width: 0.8, height: 0.2 };
/** A dot is not drawn larger than this. */
const maxDotPx = 6;
/** Longer names are not even looked at to their end. */
const maxNameLength = 200;
const ellipsis = '..';

/**
 * Draws the cell of a member who has no picture: a grey panel with the name in its middle. The name is cut
 * where it does not fit, and left out where the cell is too small for a letter.
 * @param cell even numbers, inside the picture
 */
export function drawPlaceholder(picture: I420Planes, cell: Rect, name: string): void {
  fillRect(picture, cell, panel);
  const roomPx = { width: cell.width * maxShare.width, height: cell.height * maxShare.height };
  const glyphs = glyphsOf(name.slice(0, maxNameLength));
  const widest = Math.min(maxDotPx, Math.floor(roomPx.height / glyphSize.height));
  const fitting = Math.floor(roomPx.width / lengthInDots(glyphs.length));
  const dotPx = Math.max(1, Math.min(widest, fitting));
  const shown = cut(glyphs, Math.floor((roomPx.width / dotPx + 1) / (glyphSize.width + 1)));
  if (roomPx.height < glyphSize.height || shown.length === 0) return;

  const x = cell.x + Math.floor((cell.width - lengthInDots(shown.length) * dotPx) / 2);
  const y = cell.y + Math.floor((cell.height - glyphSize.height * dotPx) / 2);
  shown.forEach((glyph, i) => {
    drawGlyph(picture, glyph, x + i * (glyphSize.width + 1) * dotPx, y, dotPx);
  });
}

function cut(glyphs: readonly Glyph[], most: number): readonly Glyph[] {
  if (glyphs.length <= most) return glyphs;
  return [...glyphs.slice(0, Math.max(0, most - ellipsis.length)), ...glyphsOf(ellipsis)].slice(0, most);
}

function lengthInDots(count: number): number {
  return Math.max(1, count * (glyphSize.width + 1) - 1);
}

function drawGlyph(picture: I420Planes, glyph: Glyph, x: number, y: number, dotPx: number): void {
  glyph.forEach((dots, row) => {
    dots.forEach((ink, column) => {
      if (ink) fillLuma(picture, x + column * dotPx, y + row * dotPx, dotPx, inkLuma);
    });
  });
}
