import type { PictureTriple } from '../picture/evidence.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import type { Rectangle } from '../picture/i420.ts';
import type { PicturesEvidence } from '../report.ts';

/** Expected, actual and difference, side by side. */
export function tripleEvidence(
  title: string,
  { expected, actual, difference }: PictureTriple,
): PicturesEvidence {
  return {
    type: 'pictures',
    title,
    pictures: Object.entries({ expected, actual, difference }).map(([label, png]) => ({
      label,
      pngBase64: png.toString('base64'),
    })),
  };
}

/** Where everybody was found: `0: 320x180+0+90, 1: …`. */
export function geometryText(found: readonly FoundCell[]): string {
  return found.map(({ bot, rectangle }) => `${bot}: ${geometryOf(rectangle)}`).join(', ');
}

/** `320x180+0+90`, as X11 writes it. */
export function geometryOf({ x, y, width, height }: Rectangle): string {
  return `${Math.round(width)}x${Math.round(height)}+${Math.round(x)}+${Math.round(y)}`;
}
