import type { SeenBot } from './seen-grid.ts';
import { TestingError } from './testing-error.ts';

/** What a grid has: names by row, `null` for a cell without a bot’s picture; or all names in reading order. */
export type ExpectedGrid = readonly string[] | readonly (readonly (string | null)[])[];

/** A cell that is not as expected. */
export interface WrongCell {
  /** From 1; undefined where only the order counts. */
  readonly row: number | undefined;
  /** From 1; without rows, the place in reading order. */
  readonly column: number;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** Every name that is expected. */
export function namesIn(expected: ExpectedGrid): readonly string[] {
  return expected.flat().filter((name) => name !== null);
}

/** @throws TestingError for names by row and in reading order at once, or for no cell at all */
export function requireGrid(expected: ExpectedGrid): void {
  const rows = expected.filter((row) => Array.isArray(row));
  const isMixed = rows.length > 0 && rows.length < expected.length;
  if (isMixed || (rows.length === 0 && expected.some((name) => typeof name !== 'string'))) {
    throw new TestingError(
      'a grid is a list of names in reading order, or a list of rows of names and nulls: [["alice", "bob"], ["carol", null]]',
    );
  }
  if (expected.flat().length === 0) throw new TestingError('a grid has a cell at least');
}

/**
 * The first cell that is not as expected.
 *
 * A row that is not full may stand in the middle, or begin at the left, as servers differ: `["carol"]` and
 * `["carol", null]` below a row of two both mean that.
 * @param seen in reading order
 */
export function firstWrongCell(expected: ExpectedGrid, seen: readonly SeenBot[]): WrongCell | undefined {
  if (isFlat(expected)) return firstOutOfOrder(expected, seen);
  const columns = Math.max(...expected.map((row) => row.length));
  const inRow = (row: number) => seen.filter(({ y }) => Math.floor(y * expected.length) === row);
  for (const [row, names] of expected.entries()) {
    const bots = inRow(row);
    const fitting = (placement: Placement) => bots.filter((bot) => isInMiddle(placement, bot)).length;
    // What is wrong is told of the cells in which the pictures stand.
    const placements = placementsOf(names, columns).toSorted((a, b) => fitting(b) - fitting(a));
    const wrong = placements.map((placement) => wrongIn(placement, names, bots));
    if (wrong.every((column) => column !== undefined)) return { row: row + 1, ...wrong[0]! };
  }
  return undefined;
}

function isFlat(expected: ExpectedGrid): expected is readonly string[] {
  return !Array.isArray(expected[0]);
}

function firstOutOfOrder(expected: readonly string[], seen: readonly SeenBot[]): WrongCell | undefined {
  for (let i = 0; i < Math.max(expected.length, seen.length); i += 1) {
    const [name = null, bot] = [expected[i], seen[i]];
    if (bot?.upright && bot.name === name) continue;
    return { row: undefined, column: i + 1, expected: name, actual: bot?.text ?? null };
  }
  return undefined;
}

/** Where a row of cells may stand: left edge of its first cell and width of each, 0..1 of the canvas. */
interface Placement {
  readonly left: number;
  readonly width: number;
}

function placementsOf(names: readonly (string | null)[], columns: number): readonly Placement[] {
  const width = 1 / columns;
  const taken = names.findLastIndex((name) => name !== null) + 1;
  const centred = (count: number) => ({ left: (1 - count * width) / 2, width });
  return [{ left: 0, width }, centred(names.length), centred(taken)];
}

/** From 0. */
function cellOf({ left, width }: Placement, { x }: SeenBot): number {
  return Math.floor((x - left) / width);
}

/** A picture stands in the middle of its cell. */
function isInMiddle(placement: Placement, bot: SeenBot): boolean {
  const { left, width } = placement;
  return Math.abs(bot.x - left - (cellOf(placement, bot) + 0.5) * width) < width / 4;
}

function wrongIn(
  placement: Placement,
  names: readonly (string | null)[],
  seen: readonly SeenBot[],
): Omit<WrongCell, 'row'> | undefined {
  for (const [column, name] of names.entries()) {
    const bots = seen.filter((bot) => cellOf(placement, bot) === column);
    const isRight =
      name === null
        ? bots.length === 0
        : bots.length === 1 && bots[0]!.name === name && bots[0]!.upright && isInMiddle(placement, bots[0]!);
    const actual = bots.length === 0 ? null : bots.map(({ text }) => text).join(' and ');
    if (!isRight) return { column: column + 1, expected: name, actual };
  }
  const columnOf = (bot: SeenBot) => cellOf(placement, bot);
  const extra = seen.find((bot) => columnOf(bot) < 0 || columnOf(bot) >= names.length);
  return extra && { column: Math.max(0, columnOf(extra)) + 1, expected: null, actual: extra.text };
}
