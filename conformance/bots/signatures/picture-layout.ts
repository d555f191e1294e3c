import { clamp, inset, overlaps, type Rectangle } from '../../picture/i420.ts';
import { codeColumns, codeRows, largestPictureSide } from './picture-code.ts';

/** Where the parts of a signature are, in pixels of the picture as it was painted. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  /** The outermost ring is black and this wide, then comes a white one of the same width. */
  readonly borderPx: number;
  /** Side of one block of the coded patch. */
  readonly blockPx: number;
  /** The patch with its white ring and the black one around it. */
  readonly patch: Rectangle;
  /** Outer edge of the white ring: what the analysis looks for. */
  readonly ring: Rectangle;
  /** The blocks inside the ring. */
  readonly blocks: Rectangle;
  /** Square around the circle. */
  readonly circle: Rectangle;
  /** Square inside the disc that is white during a flash, black else. */
  readonly lamp: Rectangle;
  /** `F` and the bot's number: for people, and not symmetric. */
  readonly label: Rectangle;
  /** Side of one dot of the label's letters. */
  readonly labelDotPx: number;
  /** A bar runs to and fro here, so that people see a frozen picture. */
  readonly track: Rectangle;
  /** Points where only the bot's colour is near. */
  readonly colourPoints: readonly Point[];
  /** Those of them that are next to the patch: they are seen wherever the patch is, also where sides are cut off. */
  readonly colourPointsAtPatch: readonly Point[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Below this the blocks could not be told apart. */
const smallestBlockPx = 3;
/** Letters are 3 by 5 dots with one between: three of them. */
export const labelColumns = 11;
export const labelRows = 5;

const layouts = new Map<string, PictureLayout>();

/**
 * The layout of a signature: a pure function of the size, so that whoever reads the size in the patch knows where
 * everything is.
 *
 * @throws RangeError for odd sizes, sizes above 2046 and sizes too small for the patch
 */
export function pictureLayout(width: number, height: number): PictureLayout {
  const key = `${width}x${height}`;
  const known = layouts.get(key);
  if (known !== undefined) return known;
  const layout = computeLayout(width, height);
  // Sizes may come from a patch that only looks like one: the store stays small.
  if (layouts.size >= 64) layouts.clear();
  layouts.set(key, layout);
  return layout;
}

function computeLayout(width: number, height: number): PictureLayout {
  const isSide = (side: number) =>
    Number.isInteger(side) && side > 0 && side % 2 === 0 && side <= largestPictureSide;
  if (!isSide(width) || !isSide(height)) {
    throw new RangeError(`pictureLayout: ${width}x${height} is not even and at most ${largestPictureSide}`);
  }
  const blockPx = Math.floor(Math.min((0.86 * width) / (codeColumns + 4), (0.5 * height) / (codeRows + 4)));
  if (blockPx < smallestBlockPx) {
    throw new RangeError(`pictureLayout: ${width}x${height} is too small for the coded patch`);
  }
  const borderPx = Math.max(2, Math.round(Math.min(width, height) / 36));
  const inner = inset({ x: 0, y: 0, width, height }, 2 * borderPx);

  // In the middle: a server that fills its cells cuts off what is at the sides, and the bot is still told by its patch.
  const patchSize = { width: (codeColumns + 4) * blockPx, height: (codeRows + 4) * blockPx };
  const patch = {
    x: even((width - patchSize.width) / 2),
    y: even((height - patchSize.height) / 2),
    ...patchSize,
  };
  const ring = inset(patch, blockPx);
  const blocks = inset(ring, blockPx);

  // Beside the patch or below it, wherever there is more room.
  const beside = inner.x + inner.width - (patch.x + patch.width);
  const below = inner.y + inner.height - (patch.y + patch.height);
  const diameter = even(Math.min(0.45 * Math.min(inner.width, inner.height), 0.82 * Math.max(beside, below)));
  const circle = {
    x: even(inner.x + inner.width - 1.15 * diameter),
    y: even(inner.y + inner.height - 1.15 * diameter),
    width: diameter,
    height: diameter,
  };
  const lamp = inset(circle, 0.25 * diameter);

  const trackHeight = 2 * borderPx;
  const track = {
    x: inner.x,
    y: inner.y + inner.height - trackHeight,
    width: circle.x - inner.x,
    height: trackHeight,
  };
  const room = track.y - (patch.y + patch.height);
  const labelDotPx = Math.max(
    1,
    Math.floor(Math.min((0.9 * (circle.x - inner.x)) / (labelColumns + 1), (0.7 * room) / labelRows)),
  );
  const label = {
    x: even(inner.x + labelDotPx),
    y: even(patch.y + patch.height + (room - labelRows * labelDotPx) / 2),
    width: labelColumns * labelDotPx,
    height: labelRows * labelDotPx,
  };
  const colourPoints = freePoints(inner, [patch, circle, label, track], borderPx);
  const colourPointsAtPatch = colourPoints
    .toSorted((a, b) => distanceTo(patch, a) - distanceTo(patch, b))
    .slice(0, pointsAtPatch);
  return {
    ...{ width, height, borderPx, blockPx, patch, ring, blocks },
    ...{ circle, lamp, label, labelDotPx, track, colourPoints, colourPointsAtPatch },
  };
}

/** Points of a lattice that keep their distance from everything painted. */
function freePoints(inner: Rectangle, parts: readonly Rectangle[], borderPx: number): Point[] {
  const steps = 24;
  const distance = clamp(1.5 * borderPx, 3, 20);
  const area = inset(inner, distance);
  const points = [];
  for (let row = 0; row < steps; row++) {
    for (let column = 0; column < steps; column++) {
      const x = area.x + ((column + 0.5) * area.width) / steps;
      const y = area.y + ((row + 0.5) * area.height) / steps;
      const around = { x: x - distance, y: y - distance, width: 2 * distance, height: 2 * distance };
      if (!parts.some((part) => overlaps(part, around))) points.push({ x, y });
    }
  }
  // A few dozen are enough for a median, and are read in every picture.
  const every = Math.ceil(points.length / 60);
  return points.filter((_, n) => n % every === 0);
}

/** Enough for a median. */
const pointsAtPatch = 8;

/** From the edge of a rectangle; 0 inside of it. */
function distanceTo({ x, y, width, height }: Rectangle, point: Point): number {
  const beside = Math.max(x - point.x, 0, point.x - x - width);
  const beyond = Math.max(y - point.y, 0, point.y - y - height);
  return Math.hypot(beside, beyond);
}

function even(value: number): number {
  return 2 * Math.round(value / 2);
}
