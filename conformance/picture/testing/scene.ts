import { composeExpected, type ExpectedPicture } from '../compose.ts';
import type { ExpectedPlace } from '../defects.ts';
import { defaultCanvas, expectedGrid } from '../grid.ts';
import type { I420Picture } from '../i420.ts';

/** Sizes that members really send. */
export const memberSizes = [
  { width: 320, height: 180 },
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
  { width: 360, height: 640 },
  { width: 640, height: 360 },
] as const;

/** A room of some members of mixed sizes in the grid they belong in; frame 100 of each. */
export function scene(members: number): readonly ExpectedPicture[] {
  const sources = Array.from({ length: members }, (_, n) => memberSizes[n % memberSizes.length]!);
  const grid = expectedGrid(
    defaultCanvas,
    sources.map(({ width, height }) => width / height),
  );
  return sources.map((source, bot) => ({
    bot,
    frame: 100 + bot,
    fps: 25,
    source,
    rectangle: grid[bot]!.picture,
  }));
}

/** The canvas of a scene. */
export function canvasOf(pictures: readonly ExpectedPicture[]): I420Picture {
  return composeExpected(defaultCanvas, pictures);
}

/** What should be found in it. */
export function placesOf(pictures: readonly ExpectedPicture[]): readonly ExpectedPlace[] {
  return pictures.map(({ bot, rectangle }) => ({ bot, rectangle }));
}
