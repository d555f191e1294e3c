import { type I420Picture, inset, type Rectangle, requirePicture, type YuvColour } from './i420.ts';
import { colourAt, median } from './sampling.ts';

/** What is beside the pictures of a canvas: letterbox bars and empty places. */
export interface Background {
  /** The middle value of each component. */
  readonly colour: YuvColour;
  /** Share of the background that is not black, 0..1. */
  readonly notBlackShare: number;
  /** How many points were looked at; none where the pictures cover all. */
  readonly points: number;
}

/** Each way; a picture's hard edge may ring so far into the bar beside it (one block of the transform). */
const edgePx = 8;
const stepPx = 4;

/** What x264 makes of black: a little lighter, a little coloured. */
const blackLimits = { y: 40, chroma: 16 };

/**
 * Samples a canvas wherever no picture is.
 *
 * @param pictures the members' pictures, without their bars
 * @throws RangeError where the data are not I420 of the given size
 */
export function backgroundOf(canvas: I420Picture, pictures: readonly Rectangle[]): Background {
  requirePicture(canvas, 'backgroundOf');
  const covered = pictures.map((picture) => inset(picture, -edgePx));
  const samples: YuvColour[] = [];
  for (let y = stepPx / 2; y < canvas.height; y += stepPx) {
    const inThisRow = covered.filter((area) => y >= area.y && y < area.y + area.height);
    for (let x = stepPx / 2; x < canvas.width; x += stepPx) {
      if (inThisRow.some((area) => x >= area.x && x < area.x + area.width)) continue;
      samples.push(colourAt(canvas, x, y)!);
    }
  }
  return {
    colour: {
      y: median(samples.map(({ y }) => y)),
      u: median(samples.map(({ u }) => u)),
      v: median(samples.map(({ v }) => v)),
    },
    notBlackShare: samples.length === 0 ? 0 : samples.filter(isNotBlack).length / samples.length,
    points: samples.length,
  };
}

function isNotBlack({ y, u, v }: YuvColour): boolean {
  return y > blackLimits.y || Math.max(Math.abs(u - 128), Math.abs(v - 128)) > blackLimits.chroma;
}
