import type { LiveCanvas } from '../bots/live-viewer.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import { upright } from '../picture/orientation.ts';

/** One bot's picture in a canvas. */
export interface SeenBot {
  /** `alice`; `alice (mirrored)` where its picture is not as it was sent; `bot 7` for one that is not of this test. */
  readonly text: string;
  /** Undefined for one that is not of this test. */
  readonly name: string | undefined;
  /** As it was sent: neither mirrored nor turned. */
  readonly upright: boolean;
  /** Number of the picture, which goes on from one to the next. */
  readonly frame: number;
  /** Middle of the picture, 0..1 of the canvas. */
  readonly x: number;
  readonly y: number;
  /** From 1. */
  readonly row: number;
  /** From 1, of the pictures in its row. */
  readonly column: number;
}

/**
 * The bots in a canvas, in reading order.
 * @param nameOf name of the bot of that number
 */
export function seenGrid(
  { picture, cells }: LiveCanvas,
  nameOf: (bot: number) => string | undefined,
): readonly SeenBot[] {
  const seen: SeenBot[] = [];
  for (const cell of cells) {
    const x = (cell.rectangle.x + cell.rectangle.width / 2) / picture.width;
    const y = (cell.rectangle.y + cell.rectangle.height / 2) / picture.height;
    const before = seen.at(-1);
    const sameRow =
      before !== undefined && Math.abs(y - before.y) < cell.rectangle.height / picture.height / 2;
    const row = before === undefined ? 1 : before.row + (sameRow ? 0 : 1);
    const column = sameRow ? before.column + 1 : 1;
    const name = nameOf(cell.bot);
    const turned = turnedText(cell);
    const text = `${name ?? `bot ${cell.bot}`}${turned === '' ? '' : ` (${turned})`}`;
    seen.push({ text, name, upright: turned === '', frame: cell.frame, x, y, row, column });
  }
  return seen;
}

/** `row 1: alice, bob; row 2: carol`. */
export function gridText(seen: readonly SeenBot[]): string {
  if (seen.length === 0) return 'nobody';
  const rows = Array.from({ length: seen.at(-1)!.row }, (_, i) => seen.filter(({ row }) => row === i + 1));
  return rows.map((row, i) => `row ${i + 1}: ${row.map(({ text }) => text).join(', ')}`).join('; ');
}

/** `row 2, column 1`. */
export function placeText({ row, column }: { readonly row: number; readonly column: number }): string {
  return `row ${row}, column ${column}`;
}

function turnedText({ orientation }: FoundCell): string {
  const { mirrored, rotatedDegrees } = orientation;
  const words = [
    ...(mirrored === upright.mirrored ? [] : ['mirrored']),
    ...(rotatedDegrees === upright.rotatedDegrees ? [] : [`turned by ${rotatedDegrees} degrees`]),
  ];
  return words.join(', ');
}
