/** How a picture was turned on its way: first mirrored left to right or not, then turned clockwise. */
export interface Orientation {
  readonly mirrored: boolean;
  readonly rotatedDegrees: 0 | 90 | 180 | 270;
}

/** As it should be. */
export const upright: Orientation = { mirrored: false, rotatedDegrees: 0 };

/** All eight; upright first, and upside down (mirrored and turned by 180 degrees) among them. */
export const orientations: readonly Orientation[] = [false, true].flatMap((mirrored) =>
  ([0, 90, 180, 270] as const).map((rotatedDegrees) => ({ mirrored, rotatedDegrees })),
);

/** Whether columns have become rows. */
export function isOnItsSide(orientation: Orientation): boolean {
  return orientation.rotatedDegrees % 180 !== 0;
}

/**
 * Where a point of the picture is seen after turning.
 * @param u from the left, 0..1 of the picture's width
 * @param v from the top, 0..1 of its height
 * @returns the same, of what is seen
 */
export function orient(u: number, v: number, orientation: Orientation): { x: number; y: number } {
  const across = orientation.mirrored ? 1 - u : u;
  switch (orientation.rotatedDegrees) {
    case 0:
      return { x: across, y: v };
    case 90:
      return { x: 1 - v, y: across };
    case 180:
      return { x: 1 - across, y: 1 - v };
    case 270:
      return { x: v, y: 1 - across };
  }
}
