import type { PictureStamp } from '../bots/signatures/picture-code.ts';
import {
  colourDistance,
  exchanged,
  nearestColour,
  pictureColour,
} from '../bots/signatures/picture-colours.ts';
import { type PictureLayout, pictureLayout } from '../bots/signatures/picture-layout.ts';
import { type I420Picture, type Rectangle, requirePicture, type YuvColour } from './i420.ts';
import { isOnItsSide, type Orientation, orient } from './orientation.ts';
import { type FoundPatch, findPatches, rereadPatch } from './patches.ts';
import { colourAt, lumaAt, mean, median } from './sampling.ts';

/** What a cell's colour says. */
export interface CellColour {
  /** Measured in the parts that hold nothing but the bot's colour. */
  readonly measured: YuvColour;
  /** Distance from the colour this bot paints, in steps of 8-bit YUV; coding alone gives some 5. */
  readonly error: number;
  /** Number of the nearest colour in the list; `undefined` where it is near none. */
  readonly nearest: number | undefined;
  /** It is nearer to the bot's colour with U and V exchanged than to the bot's colour. */
  readonly uvExchanged: boolean;
}

/** A bot's picture that was found in a larger one. */
export interface FoundCell {
  readonly bot: number;
  /** Number of the picture, 0..65535. */
  readonly frame: number;
  /** Size the bot painted, by its own word. */
  readonly source: { readonly width: number; readonly height: number };
  /** Where the bot's whole picture is, in pixels, to about half of one; may reach out of the canvas if cropped. */
  readonly rectangle: Rectangle;
  readonly orientation: Orientation;
  /** Pixels of the canvas for one of the source, along the source's rows and along its columns. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** scaleX / scaleY: 1 where the shape is kept, 1.78 where a square has become 16:9. */
  readonly stretch: number;
  readonly colour: CellColour;
  /** Whether the white border is there on each side of the picture as it is seen. */
  readonly border: {
    readonly left: boolean;
    readonly right: boolean;
    readonly top: boolean;
    readonly bottom: boolean;
  };
  /** Some side of the border is missing: cropped, or something covers it. */
  readonly cropped: boolean;
  /** Whether the lamp is on. */
  readonly flash: boolean;
  /** The patch it was found by. */
  readonly patch: FoundPatch;
}

/**
 * Finds the pictures of all bots in a picture, without knowing the geometry. A bot that is there twice is found
 * twice; a cell without a readable patch (placeholder, damage, blocks under two pixels) is not found.
 *
 * @returns from top to bottom, from left to right
 * @throws RangeError where the data are not I420 of the given size
 */
export function findCells(picture: I420Picture): readonly FoundCell[] {
  requirePicture(picture, 'findCells');
  const cells = findPatches(picture).flatMap((patch) => describeCell(picture, patch) ?? []);
  const middle = (cell: FoundCell) => cell.rectangle.y + cell.rectangle.height / 2;
  return cells.sort((a, b) => {
    const sameRow = Math.abs(middle(a) - middle(b)) < Math.min(a.rectangle.height, b.rectangle.height) / 2;
    return sameRow ? a.rectangle.x - b.rectangle.x : middle(a) - middle(b);
  });
}

/**
 * Reads cells again where they were: much quicker than to find them, for counting frames between searches.
 *
 * @returns one for each of `before`; `undefined` where nothing can be read at its place any more
 * @throws RangeError where the data are not I420 of the given size
 */
export function rereadCells(
  picture: I420Picture,
  before: readonly FoundCell[],
): readonly (FoundCell | undefined)[] {
  requirePicture(picture, 'rereadCells');
  return before.map((cell) => {
    const patch = rereadPatch(picture, cell.patch);
    return patch && describeCell(picture, patch);
  });
}

function describeCell(picture: I420Picture, patch: FoundPatch): FoundCell | undefined {
  const { stamp, orientation, ring } = patch;
  const layout = layoutOf(stamp);
  if (layout === undefined) return undefined;
  const place = (x: number, y: number) => {
    const seen = orient(
      (x - layout.ring.x) / layout.ring.width,
      (y - layout.ring.y) / layout.ring.height,
      orientation,
    );
    return { x: ring.x + seen.x * ring.width, y: ring.y + seen.y * ring.height };
  };
  const onItsSide = isOnItsSide(orientation);
  const scaleX = (onItsSide ? ring.height : ring.width) / layout.ring.width;
  const scaleY = (onItsSide ? ring.width : ring.height) / layout.ring.height;
  const corner = place(0, 0);
  const opposite = place(stamp.width, stamp.height);
  const rectangle = {
    x: Math.min(corner.x, opposite.x),
    y: Math.min(corner.y, opposite.y),
    width: Math.abs(corner.x - opposite.x),
    height: Math.abs(corner.y - opposite.y),
  };
  const thickness = layout.borderPx * 1.5 * (onItsSide ? scaleY : scaleX);
  const depth = layout.borderPx * 1.5 * (onItsSide ? scaleX : scaleY);
  const border = readBorder(picture, rectangle, thickness, depth, patch.middleLuma);
  const cropped = !(border.left && border.right && border.top && border.bottom);
  const colourPoints = cropped ? layout.colourPointsAtPatch : layout.colourPoints;
  return {
    ...{ bot: stamp.bot, frame: stamp.frame, source: { width: stamp.width, height: stamp.height } },
    ...{ rectangle, orientation, scaleX, scaleY, stretch: scaleX / scaleY },
    colour: readColour(picture, colourPoints, stamp.bot, place),
    ...{ border, cropped },
    flash: isLampOn(picture, layout, patch.middleLuma, place),
    patch,
  };
}

/** A patch may say a size that no signature has: then it was not painted by a bot. */
function layoutOf(stamp: PictureStamp): PictureLayout | undefined {
  try {
    return pictureLayout(stamp.width, stamp.height);
  } catch {
    return undefined;
  }
}

function readColour(
  picture: I420Picture,
  points: PictureLayout['colourPoints'],
  bot: number,
  place: (x: number, y: number) => { x: number; y: number },
): CellColour {
  const samples = points.flatMap((point) => {
    const { x, y } = place(point.x, point.y);
    return colourAt(picture, x, y) ?? [];
  });
  const measured = {
    y: median(samples.map((sample) => sample.y)),
    u: median(samples.map((sample) => sample.u)),
    v: median(samples.map((sample) => sample.v)),
  };
  const right = pictureColour(bot);
  const error = colourDistance(measured, right);
  return {
    ...{ measured, error, nearest: nearestColour(measured) },
    uvExchanged: colourDistance(measured, exchanged(right)) < error,
  };
}

function isLampOn(
  picture: I420Picture,
  layout: PictureLayout,
  middleLuma: number,
  place: (x: number, y: number) => { x: number; y: number },
): boolean {
  const { x, y, width, height } = layout.lamp;
  const lumas = [0.2, 0.5, 0.8].flatMap((down) =>
    [0.2, 0.5, 0.8].map((right) => {
      const point = place(x + right * width, y + down * height);
      return lumaAt(picture, point.x, point.y);
    }),
  );
  return mean(lumas) > middleLuma;
}

/** Looks for the white line along each side, a pixel to and fro: the place is extrapolated from the patch. */
function readBorder(
  picture: I420Picture,
  area: Rectangle,
  fromSide: number,
  fromTop: number,
  middleLuma: number,
) {
  const points = 16;
  const isThere = (at: (along: number, shift: number) => { x: number; y: number }) => {
    let seen = 0;
    for (let n = 0; n < points; n++) {
      const along = 0.05 + (0.9 * (n + 0.5)) / points;
      const lumas = [-1, -0.5, 0, 0.5, 1].map((shift) => {
        const { x, y } = at(along, shift);
        const isInside = x >= 0 && y >= 0 && x <= picture.width && y <= picture.height;
        return isInside ? lumaAt(picture, x, y) : 0;
      });
      if (Math.max(...lumas) > middleLuma) seen += 1;
    }
    return seen > 0.7 * points;
  };
  const alongX = (along: number) => area.x + along * area.width;
  const alongY = (along: number) => area.y + along * area.height;
  return {
    left: isThere((n, shift) => ({ x: area.x + fromSide + shift, y: alongY(n) })),
    right: isThere((n, shift) => ({ x: area.x + area.width - fromSide + shift, y: alongY(n) })),
    top: isThere((n, shift) => ({ x: alongX(n), y: area.y + fromTop + shift })),
    bottom: isThere((n, shift) => ({ x: alongX(n), y: area.y + area.height - fromTop + shift })),
  };
}
