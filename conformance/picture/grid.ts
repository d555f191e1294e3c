import type { Rectangle } from './i420.ts';

/** Size of the canvas in pixels. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/** Where one member belongs. */
export interface ExpectedCell {
  /** Place in joining order, from 0. */
  readonly member: number;
  readonly column: number;
  readonly row: number;
  /** Its share of the canvas. */
  readonly cell: Rectangle;
  /** Its picture inside, letterboxed. */
  readonly picture: Rectangle;
}

/** The canvas that is decided where the documentation is silent. */
export const defaultCanvas: CanvasSize = { width: 1280, height: 720 };

/**
 * The grid as it is decided for what the documentation leaves open: ceil(sqrt n) columns, as many rows as that
 * needs, members row by row in joining order, a last row that is not full centred, each picture as large as its
 * cell allows, in its middle. Written from that sentence alone, and unrounded: a server may round each edge to even
 * pixels, so compare with a tolerance of four.
 *
 * @param canvas in pixels
 * @param aspectRatios width / height of each member's picture, in joining order
 * @throws RangeError for no members, an empty canvas, or an aspect ratio that is not above 0
 */
export function expectedGrid(canvas: CanvasSize, aspectRatios: readonly number[]): readonly ExpectedCell[] {
  const members = aspectRatios.length;
  if (members === 0) throw new RangeError('expectedGrid: no members');
  if (!(canvas.width > 0 && canvas.height > 0)) {
    throw new RangeError(`expectedGrid: a canvas of ${canvas.width}x${canvas.height}`);
  }
  const columns = Math.ceil(Math.sqrt(members));
  const rows = Math.ceil(members / columns);
  const width = canvas.width / columns;
  const height = canvas.height / rows;
  return aspectRatios.map((aspectRatio, member) => {
    if (!(aspectRatio > 0))
      throw new RangeError(`expectedGrid: member ${member} has aspect ratio ${aspectRatio}`);
    const column = member % columns;
    const row = Math.floor(member / columns);
    const inThisRow = Math.min(columns, members - row * columns);
    const indent = (canvas.width - inThisRow * width) / 2;
    const cell = { x: indent + column * width, y: row * height, width, height };
    return { member, column, row, cell, picture: letterbox(cell, aspectRatio) };
  });
}

/** The largest rectangle of an aspect ratio in the middle of another rectangle. */
export function letterbox(cell: Rectangle, aspectRatio: number): Rectangle {
  const width = Math.min(cell.width, cell.height * aspectRatio);
  const height = width / aspectRatio;
  return { x: cell.x + (cell.width - width) / 2, y: cell.y + (cell.height - height) / 2, width, height };
}
