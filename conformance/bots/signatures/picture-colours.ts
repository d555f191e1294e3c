import type { YuvColour } from '../../picture/i420.ts';

/**
 * The colours of the bots (BT.601, limited range). Found by a search over RGB for the greatest distance from each
 * other, with two conditions: darker than the threshold at which the patch's white is found, and U and V far
 * apart, so that exchanging them gives a colour nobody could take for the right one.
 */
const palette: readonly (readonly [number, number, number])[] = [
  [120, 98, 52],
  [89, 86, 234],
  [79, 218, 82],
  [119, 69, 156],
  [117, 196, 148],
  [48, 192, 143],
  [120, 172, 52],
  [54, 106, 156],
  [74, 154, 198],
  [61, 139, 95],
  [122, 119, 192],
  [112, 154, 105],
  [49, 236, 123],
  [76, 220, 169],
  [116, 167, 215],
  [117, 196, 92],
  [58, 104, 200],
  [90, 130, 234],
  [112, 73, 199],
  [53, 181, 101],
  [84, 88, 134],
  [97, 126, 79],
  [90, 211, 121],
  [85, 170, 78],
];

/** All colours; the number of a colour is its place in this list. */
export const pictureColours: readonly YuvColour[] = palette.map(([y, u, v]) => ({ y, u, v }));

/**
 * A measured colour farther than this from every colour of the list is none of them. Two colours of the list are
 * more than twice as far apart, so within it there is never a second candidate.
 */
export const colourRejectionDistance = 20;

/** The colour of a bot: each of the first 24 has one of its own, then they repeat. */
export function pictureColour(bot: number): YuvColour {
  return pictureColours[bot % pictureColours.length]!;
}

/** How far two colours are apart, in steps of 8-bit YUV. */
export function colourDistance(a: YuvColour, b: YuvColour): number {
  return Math.hypot(a.y - b.y, a.u - b.u, a.v - b.v);
}

/**
 * Which colour of the list this is.
 * @returns the number of the nearest one, `undefined` where none is near
 */
export function nearestColour(colour: YuvColour): number | undefined {
  const distances = pictureColours.map((known) => colourDistance(known, colour));
  const nearest = Math.min(...distances);
  return nearest > colourRejectionDistance ? undefined : distances.indexOf(nearest);
}

/** The colour that appears where U and V are exchanged on the way. */
export function exchanged({ y, u, v }: YuvColour): YuvColour {
  return { y, u: v, v: u };
}
