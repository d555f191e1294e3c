import { codeColumns, codeRows, decodeStamp, type PictureStamp } from '../bots/signatures/picture-code.ts';
import { whiteAreas } from './components.ts';
import type { I420Picture, Rectangle } from './i420.ts';
import { isOnItsSide, type Orientation, orient, orientations } from './orientation.ts';
import { lumaAt, mean, median } from './sampling.ts';

/** A coded patch that was found and read. */
export interface FoundPatch {
  readonly stamp: PictureStamp;
  readonly orientation: Orientation;
  /** Outer edge of the white ring around the blocks, measured to fractions of a pixel. */
  readonly ring: Rectangle;
  /** Halfway between the patch's black and its white. */
  readonly middleLuma: number;
}

/** Blocks across the white ring's outer edge: those of the code and the ring itself. */
const ringColumns = codeColumns + 2;
const ringRows = codeRows + 2;
/** Below this a block has hardly two pixels, and nothing can be read. */
const smallestRingPx = 2 * ringRows;

/**
 * Finds every coded patch in a picture, wherever it is, however it is turned, mirrored or stretched: every white
 * area is tried as the ring around a patch, and what is none fails the ring, the contrast or the checksum.
 */
export function findPatches(picture: I420Picture): readonly FoundPatch[] {
  const read = whiteAreas(picture, smallestRingPx).flatMap((area) => {
    const patch = readUpright(picture, area) ?? readOnItsSide(picture, area);
    return patch === undefined ? [] : [patch];
  });
  // The white border of a picture is tried, too, and what is in it passes the checksum now and then: it has a patch inside.
  return read.filter(({ ring }) => !read.some((other) => other.ring !== ring && encloses(ring, other.ring)));
}

function encloses(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/**
 * Reads a patch where one was before.
 * @returns `undefined` where there is none any more, or it cannot be read
 */
export function rereadPatch(picture: I420Picture, before: FoundPatch): FoundPatch | undefined {
  return readRing(picture, before.ring, [before.orientation]);
}

function readUpright(picture: I420Picture, area: Rectangle): FoundPatch | undefined {
  if (ringLevels(picture, area, false) === undefined) return undefined;
  const ring = refine(picture, area, area.width / ringColumns, area.height / ringRows);
  return (
    ring &&
    readRing(
      picture,
      ring,
      orientations.filter((one) => !isOnItsSide(one)),
    )
  );
}

function readOnItsSide(picture: I420Picture, area: Rectangle): FoundPatch | undefined {
  if (ringLevels(picture, area, true) === undefined) return undefined;
  const ring = refine(picture, area, area.width / ringRows, area.height / ringColumns);
  return ring && readRing(picture, ring, orientations.filter(isOnItsSide));
}

function readRing(
  picture: I420Picture,
  ring: Rectangle,
  candidates: readonly Orientation[],
): FoundPatch | undefined {
  const first = candidates[0];
  if (first === undefined) return undefined;
  const levels = ringLevels(picture, ring, isOnItsSide(first));
  if (levels === undefined) return undefined;
  const middleLuma = (levels.black + levels.white) / 2;
  for (const orientation of candidates) {
    const stamp = decodeStamp(readBlocks(picture, ring, orientation, middleLuma));
    if (stamp !== undefined) return { stamp, orientation, ring, middleLuma };
  }
  return undefined;
}

/**
 * White of the ring and black of the one around it.
 * @returns `undefined` where these are no such rings
 */
function ringLevels(picture: I420Picture, ring: Rectangle, onItsSide: boolean) {
  const blockWidth = ring.width / (onItsSide ? ringRows : ringColumns);
  const blockHeight = ring.height / (onItsSide ? ringColumns : ringRows);
  const whites = aroundRing(picture, ring, blockWidth / 2, blockHeight / 2);
  const blacks = aroundRing(picture, ring, -blockWidth / 2, -blockHeight / 2);
  const levels = { white: mean(whites), black: mean(blacks) };
  if (levels.white - levels.black < 60) return undefined;
  const middle = (levels.white + levels.black) / 2;
  const wrong = whites.filter((luma) => luma < middle).length + blacks.filter((luma) => luma > middle).length;
  // Some leeway for coding noise: the checksum decides in the end.
  return wrong > 0.12 * (whites.length + blacks.length) ? undefined : levels;
}

/** Luma at points along the four sides of a rectangle, moved inwards (or outwards, negative). */
function aroundRing(picture: I420Picture, ring: Rectangle, inX: number, inY: number): number[] {
  const points = 12;
  const lumas: number[] = [];
  for (let n = 0; n < points; n++) {
    const x = ring.x + ((n + 0.5) * ring.width) / points;
    const y = ring.y + ((n + 0.5) * ring.height) / points;
    lumas.push(
      lumaAt(picture, x, ring.y + inY),
      lumaAt(picture, x, ring.y + ring.height - inY),
      lumaAt(picture, ring.x + inX, y),
      lumaAt(picture, ring.x + ring.width - inX, y),
    );
  }
  return lumas;
}

function readBlocks(
  picture: I420Picture,
  ring: Rectangle,
  orientation: Orientation,
  middleLuma: number,
): Uint8Array {
  const bits = new Uint8Array(codeColumns * codeRows);
  for (let n = 0; n < bits.length; n++) {
    const column = (n % codeColumns) + 1.5;
    const row = Math.floor(n / codeColumns) + 1.5;
    let sum = 0;
    for (const down of [-0.2, 0, 0.2]) {
      for (const right of [-0.2, 0, 0.2]) {
        const { x, y } = orient((column + right) / ringColumns, (row + down) / ringRows, orientation);
        sum += lumaAt(picture, ring.x + x * ring.width, ring.y + y * ring.height);
      }
    }
    bits[n] = sum / 9 > middleLuma ? 1 : 0;
  }
  return bits;
}

/** Measures where black turns to white on each side, halfway between the two, to fractions of a pixel. */
function refine(
  picture: I420Picture,
  area: Rectangle,
  blockWidth: number,
  blockHeight: number,
): Rectangle | undefined {
  const { x, y, width, height } = area;
  const alongX = (n: number) => x + blockWidth + (n * (width - 2 * blockWidth)) / 8;
  const alongY = (n: number) => y + blockHeight + (n * (height - 2 * blockHeight)) / 8;
  const left = edge((n, d) => lumaAt(picture, x + d, alongY(n)), blockWidth);
  const right = edge((n, d) => lumaAt(picture, x + width - d, alongY(n)), blockWidth);
  const top = edge((n, d) => lumaAt(picture, alongX(n), y + d), blockHeight);
  const bottom = edge((n, d) => lumaAt(picture, alongX(n), y + height - d), blockHeight);
  if (left === undefined || right === undefined || top === undefined || bottom === undefined)
    return undefined;
  const refined = { x: x + left, y: y + top, width: width - left - right, height: height - top - bottom };
  return refined.width > 0 && refined.height > 0 ? refined : undefined;
}

/** The median, over several lines across an edge, of how far inside the box the change to white is. */
function edge(luma: (line: number, inward: number) => number, blockPx: number): number | undefined {
  const reach = Math.max(1.5, 0.75 * blockPx);
  const step = 0.5;
  const crossings: number[] = [];
  for (let line = 0; line <= 8; line++) {
    const middle = (luma(line, -reach) + luma(line, Math.min(reach, blockPx / 2))) / 2;
    let before = luma(line, -reach);
    for (let at = -reach + step; at <= reach; at += step) {
      const here = luma(line, at);
      if (before < middle && here >= middle) {
        crossings.push(at - (step * (here - middle)) / (here - before));
        break;
      }
      before = here;
    }
  }
  return crossings.length < 5 ? undefined : median(crossings);
}
