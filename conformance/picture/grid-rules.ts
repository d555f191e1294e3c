import type { FoundCell } from './find-cells.ts';
import type { Rectangle } from './i420.ts';

/** The rules of a grid, in the words of the profile. */
export interface GridRules {
  readonly gridRule: 'ceil-sqrt';
  readonly centreLastRow: boolean;
  readonly cellFit: 'letterbox' | 'crop' | 'stretch';
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const candidates: readonly GridRules[] = [true, false].flatMap((centreLastRow) =>
  (['letterbox', 'crop', 'stretch'] as const).map((cellFit) => ({
    gridRule: 'ceil-sqrt',
    centreLastRow,
    cellFit,
  })),
);

/** Edges are rounded to even pixels, and read to about one. */
const tolerancePx = 6;

/**
 * The cells of so many members by these rules: ceil(sqrt n) columns and the rows that fit, in joining order row by
 * row, a last row that is not full in the middle or at the left.
 */
export function cellsBy(rules: GridRules, canvas: Size, members: number): readonly Rectangle[] {
  const columns = Math.ceil(Math.sqrt(members));
  const rows = Math.ceil(members / columns);
  const width = canvas.width / columns;
  const height = canvas.height / rows;
  return Array.from({ length: members }, (_, member) => {
    const row = Math.floor(member / columns);
    const inRow = Math.min(columns, members - row * columns);
    const indent = rules.centreLastRow ? ((columns - inRow) * width) / 2 : 0;
    return { x: indent + (member % columns) * width, y: row * height, width, height };
  });
}

/** A member's picture that was found. */
export type PlacedPicture = Pick<FoundCell, 'rectangle' | 'source'>;

/**
 * Which of the known rules put the pictures where they were found. Several do where the last row is full, and where
 * the pictures have the shape of their cells.
 * @param found by joining order; undefined for whom nothing was found
 */
export function fittingRules(
  canvas: Size,
  found: readonly (PlacedPicture | undefined)[],
): readonly GridRules[] {
  return candidates.filter((rules) => {
    const cells = cellsBy(rules, canvas, found.length);
    return found.every((cell, member) => {
      if (cell === undefined) return false;
      const place = fitted(cells[member]!, cell.source, rules.cellFit);
      return sides.every((side) => Math.abs(place[side] - cell.rectangle[side]) <= tolerancePx);
    });
  });
}

/** What all of several rules have in common; missing is what they differ in. */
export function commonRules(several: readonly GridRules[]): Partial<GridRules> {
  const [first, ...others] = several;
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([name, value]) =>
      others.every((rules) => rules[name as keyof GridRules] === value),
    ),
  );
}

const sides = ['x', 'y', 'width', 'height'] as const;

/** Where the whole of a picture is, also what is cut off of it. */
function fitted(cell: Rectangle, source: Size, fit: GridRules['cellFit']): Rectangle {
  if (fit === 'stretch') return cell;
  const both = [cell.width / source.width, cell.height / source.height] as const;
  const scale = fit === 'crop' ? Math.max(...both) : Math.min(...both);
  const width = source.width * scale;
  const height = source.height * scale;
  return { x: cell.x + (cell.width - width) / 2, y: cell.y + (cell.height - height) / 2, width, height };
}
