import { colourRejectionDistance } from '../bots/signatures/picture-colours.ts';
import type { FoundCell } from './find-cells.ts';
import type { Rectangle } from './i420.ts';

/** What can be wrong with a member's picture in the canvas. */
export type CellDefectKind =
  | 'missing'
  | 'doubled'
  | 'unexpected'
  | 'wrong-cell'
  | 'misplaced'
  | 'mirrored'
  | 'rotated'
  | 'stretched'
  | 'cropped'
  | 'uv-exchanged'
  | 'wrong-colour';

/** One thing that is wrong, with a sentence for a person. */
export interface CellDefect {
  readonly kind: CellDefectKind;
  readonly bot: number;
  readonly detail: string;
}

/** Where a bot's picture belongs. */
export interface ExpectedPlace {
  readonly bot: number;
  /** Missing: anywhere, for servers of unknown geometry. */
  readonly rectangle?: Rectangle;
  /** The picture is a stamped clip, which does not have the bot's colour. */
  readonly anyColour?: boolean;
}

/** Bars; the defaults are what two x264 legs and rounding to even pixels leave room for. */
export interface DefectLimits {
  /** How far each edge may be from where it belongs; default 4. */
  readonly misplacedPx?: number;
  /**
   * By what factor width and height may differ in scale, up or down; default 1.04. Rounding to even pixels is
   * allowed on top of it.
   */
  readonly stretch?: number;
  /** Distance from the bot's own colour; default the rejection distance of the colours. */
  readonly colourDistance?: number;
}

/**
 * Compares the pictures that were found with what should be there, and says everything that is wrong. An empty list
 * means: every bot exactly once, in its place, upright, in its shape and colour, nobody else.
 */
export function findDefects(
  found: readonly FoundCell[],
  expected: readonly ExpectedPlace[],
  limits: DefectLimits = {},
): readonly CellDefect[] {
  const defects = expected.flatMap((place) => {
    const cells = found.filter((cell) => cell.bot === place.bot);
    const first = cells[0];
    if (first === undefined)
      return [{ kind: 'missing' as const, bot: place.bot, detail: 'is not in the picture' }];
    const others = cells.flatMap((cell) => [
      ...shapeDefects(cell, limits),
      ...(place.anyColour ? [] : colourDefects(cell, limits)),
      ...placeDefects(cell, place, expected, limits),
    ]);
    if (cells.length === 1) return others;
    const detail = `is in the picture ${cells.length} times: ${cells.map((cell) => at(cell.rectangle)).join(', ')}`;
    return [{ kind: 'doubled' as const, bot: place.bot, detail }, ...others];
  });
  const strangers = found.filter((cell) => !expected.some((place) => place.bot === cell.bot));
  return [
    ...defects,
    ...strangers.map(({ bot, rectangle }) => ({
      ...{
        kind: 'unexpected' as const,
        bot,
        detail: `is in the picture at ${at(rectangle)}, and should not be`,
      },
    })),
  ];
}

function placeDefects(
  cell: FoundCell,
  place: ExpectedPlace,
  expected: readonly ExpectedPlace[],
  limits: DefectLimits,
): readonly CellDefect[] {
  const wanted = place.rectangle;
  if (wanted === undefined) return [];
  const { bot, rectangle } = cell;
  const off = Math.max(
    Math.abs(rectangle.x - wanted.x),
    Math.abs(rectangle.y - wanted.y),
    Math.abs(rectangle.x + rectangle.width - wanted.x - wanted.width),
    Math.abs(rectangle.y + rectangle.height - wanted.y - wanted.height),
  );
  if (off <= (limits.misplacedPx ?? 4)) return [];
  const owner = expected.find(
    (other) => other.bot !== bot && other.rectangle && holds(other.rectangle, rectangle),
  );
  if (owner !== undefined) {
    return [{ kind: 'wrong-cell', bot, detail: `is where bot ${owner.bot} should be, at ${at(rectangle)}` }];
  }
  return [{ kind: 'misplaced', bot, detail: `is at ${at(rectangle)}, not at ${at(wanted)}` }];
}

function shapeDefects(cell: FoundCell, limits: DefectLimits): readonly CellDefect[] {
  const { bot, orientation, stretch, rectangle } = cell;
  const defects: CellDefect[] = [];
  if (orientation.mirrored) defects.push({ kind: 'mirrored', bot, detail: 'is mirrored' });
  if (orientation.rotatedDegrees !== 0) {
    defects.push({ kind: 'rotated', bot, detail: `is turned by ${orientation.rotatedDegrees} degrees` });
  }
  const factor = (limits.stretch ?? 1.04) * (1 + 2 / Math.min(rectangle.width, rectangle.height));
  if (stretch > factor || stretch < 1 / factor) {
    defects.push({
      kind: 'stretched',
      bot,
      detail: `is ${stretch.toFixed(2)} times as wide for its height as it was`,
    });
  }
  if (cell.cropped) {
    const sides = Object.entries(cell.border).flatMap(([side, isThere]) => (isThere ? [] : [side]));
    defects.push({ kind: 'cropped', bot, detail: `has lost its border: ${sides.join(', ')}` });
  }
  return defects;
}

function colourDefects({ bot, colour }: FoundCell, limits: DefectLimits): readonly CellDefect[] {
  if (colour.uvExchanged) return [{ kind: 'uv-exchanged', bot, detail: 'has U and V exchanged' }];
  if (colour.error <= (limits.colourDistance ?? colourRejectionDistance)) return [];
  const { y, u, v } = colour.measured;
  const detail = `has the colour Y ${y} U ${u} V ${v}, ${colour.error.toFixed(0)} away from its own`;
  return [{ kind: 'wrong-colour', bot, detail }];
}

function holds(area: Rectangle, other: Rectangle): boolean {
  const x = other.x + other.width / 2;
  const y = other.y + other.height / 2;
  return x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height;
}

function at({ x, y, width, height }: Rectangle): string {
  return `${Math.round(x)},${Math.round(y)} ${Math.round(width)}x${Math.round(height)}`;
}
