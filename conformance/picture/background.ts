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
  const most = Math.ceil(canvas.width / stepPx) * Math.ceil(canvas.height / stepPx);
  const [luma, u, v] = [new Uint8Array(most), new Uint8Array(most), new Uint8Array(most)];
  let points = 0;
  let notBlack = 0;
  for (let y = stepPx / 2; y < canvas.height; y += stepPx) {
    const inThisRow = covered.filter((area) => y >= area.y && y < area.y + area.height);
    for (let x = stepPx / 2; x < canvas.width; x += stepPx) {
      if (inThisRow.some((area) => x >= area.x && x < area.x + area.width)) continue;
      const colour = colourAt(canvas, x, y)!;
      [luma[points], u[points], v[points]] = [colour.y, colour.u, colour.v];
      points += 1;
      if (isNotBlack(colour)) notBlack += 1;
    }
  }
  const middleOf = (values: Uint8Array) => median(values.subarray(0, points));
  return {
    colour: { y: middleOf(luma), u: middleOf(u), v: middleOf(v) },
    notBlackShare: points === 0 ? 0 : notBlack / points,
    points,
  };
}

function isNotBlack({ y, u, v }: YuvColour): boolean {
  return y > blackLimits.y || Math.max(Math.abs(u - 128), Math.abs(v - 128)) > blackLimits.chroma;
}
