import type { Rect, Size } from '../../media/h264/i420.ts';
import type { CellFit, VideoProfile } from '../profile.ts';

/** The part of the profile that cuts the canvas into cells. */
export type GridRules = Pick<VideoProfile, 'canvasWidth' | 'canvasHeight' | 'gridRule' | 'centreLastRow'>;

/** Where a picture goes: a part of the picture into a part of the canvas. */
export interface Placement {
  /** In the picture. */
  readonly source: Rect;
  /** On the canvas. */
  readonly target: Rect;
}

/**
 * Cuts the canvas into one cell per member: ceil(sqrt n) columns and the rows that fit, row by row in the
 * order of joining; a last row that is not full is centred, or starts at the left, as the profile says.
 *
 * All numbers are even, so that a cell has whole chroma samples; cells of one canvas differ by 2 pixels at
 * most. A canvas of at least 16x16 has room for 64 members.
 * @param count members, 0 or more
 */
export function gridCells(count: number, rules: GridRules): Rect[] {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const shift = rules.centreLastRow ? (columns - inRow) / 2 : 0;
    const column = (i % columns) + shift;
    const x = evenEdge(column, columns, rules.canvasWidth);
    const y = evenEdge(row, rows, rules.canvasHeight);
    return {
      x,
      y,
      width: evenEdge(column + 1, columns, rules.canvasWidth) - x,
      height: evenEdge(row + 1, rows, rules.canvasHeight) - y,
    };
  });
}

/**
 * Fits a picture into a cell: `letterbox` shows all of it between bars, `crop` fills the cell and cuts off
 * what sticks out on both sides alike, `stretch` gives up its proportions.
 * @param cell even numbers
 * @param picture even numbers
 */
export function fitPicture(cell: Rect, picture: Size, fit: CellFit): Placement {
  const whole: Rect = { x: 0, y: 0, width: picture.width, height: picture.height };
  if (fit === 'stretch') return { source: whole, target: cell };
  const [horizontal, vertical] = [cell.width / picture.width, cell.height / picture.height];
  if (fit === 'crop') {
    const scale = Math.max(horizontal, vertical);
    const shown = { width: cell.width / scale, height: cell.height / scale };
    return { source: centred(shown, whole), target: cell };
  }
  const scale = Math.min(horizontal, vertical);
  const shown = { width: picture.width * scale, height: picture.height * scale };
  return { source: whole, target: centred(shown, cell) };
}

/** The even number next to the `position`th of `parts` edges. */
function evenEdge(position: number, parts: number, length: number): number {
  return 2 * Math.round((position * length) / parts / 2);
}

/** A rectangle of about this size in the middle of another one. */
function centred(size: Size, within: Rect): Rect {
  const width = Math.min(within.width, Math.max(2, 2 * Math.round(size.width / 2)));
  const height = Math.min(within.height, Math.max(2, 2 * Math.round(size.height / 2)));
  return {
    x: within.x + 2 * Math.floor((within.width - width) / 4),
    y: within.y + 2 * Math.floor((within.height - height) / 4),
    width,
    height,
  };
}
