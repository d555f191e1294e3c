import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whiteLuma } from '../../picture/components.ts';
import { overlaps, type Rectangle } from '../../picture/i420.ts';
import {
  colourDistance,
  colourRejectionDistance,
  exchanged,
  nearestColour,
  pictureColour,
  pictureColours,
} from './picture-colours.ts';
import { pictureLayout } from './picture-layout.ts';
import { isFlash, paintSignature } from './picture-signature.ts';

const at = { bot: 3, frame: 30, width: 320, height: 180, fps: 25 };

describe('the colours of the bots', () => {
  const pairs = pictureColours.flatMap((a, n) => pictureColours.slice(n + 1).map((b) => [a, b] as const));

  it('are two dozen, farther apart than twice the rejection distance', () => {
    expect(pictureColours).toHaveLength(24);
    for (const [a, b] of pairs) expect(colourDistance(a, b)).toBeGreaterThan(2 * colourRejectionDistance);
  });

  it('are darker than what counts as white, and far from themselves with U and V exchanged', () => {
    for (const colour of pictureColours) {
      expect(colour.y).toBeLessThan(whiteLuma - 20);
      expect(colourDistance(colour, exchanged(colour))).toBeGreaterThan(2 * colourRejectionDistance);
    }
  });

  it('are found again with a little error, and black, white and grey are none of them', () => {
    for (const [n, { y, u, v }] of pictureColours.entries()) {
      expect(nearestColour({ y: y + 9, u: u - 9, v: v + 9 })).toBe(n);
    }
    for (const y of [16, 126, 235]) expect(nearestColour({ y, u: 128, v: 128 })).toBeUndefined();
  });

  it('repeat after the last', () => {
    expect(pictureColour(24)).toEqual(pictureColour(0));
  });
});

describe('the layout of a signature', () => {
  const even = (min: number, max: number) =>
    fc.integer({ min: min / 2, max: max / 2 }).map((half) => half * 2);

  it('keeps its parts inside the border and apart, at any size and shape', () => {
    fc.assert(
      fc.property(even(100, 2046), even(100, 2046), (width, height) => {
        const { patch, circle, label, track, colourPoints, borderPx } = pictureLayout(width, height);
        const parts: readonly Rectangle[] = [patch, circle, label, track];
        for (const [n, part] of parts.entries()) {
          expect(part.x).toBeGreaterThanOrEqual(2 * borderPx);
          expect(part.y).toBeGreaterThanOrEqual(2 * borderPx);
          expect(part.x + part.width).toBeLessThanOrEqual(width - 2 * borderPx);
          expect(part.y + part.height).toBeLessThanOrEqual(height - 2 * borderPx);
          for (const other of parts.slice(n + 1)) expect(overlaps(part, other)).toBe(false);
        }
        expect(colourPoints.length).toBeGreaterThan(10);
      }),
    );
  });

  it.each([
    [320, 180],
    [1280, 720],
    [430, 184],
  ])('keeps the patch of %i x %i where it is cut to a square', (width, height) => {
    const { patch } = pictureLayout(width, height);
    expect(patch.x).toBeGreaterThanOrEqual((width - height) / 2);
    expect(patch.x + patch.width).toBeLessThanOrEqual((width + height) / 2);
  });

  it.each([
    [321, 180, /321x180/],
    [4096, 2160, /at most 2046/],
    [0, 180, /0x180/],
    [48, 48, /too small/],
    [Number.NaN, 180, /NaN/],
  ])('is refused for %i x %i', (width, height, reason) => {
    expect(() => pictureLayout(width, height)).toThrow(reason);
  });
});

describe('the flash', () => {
  it('is on for the first 100 ms of every second', () => {
    const flashing = Array.from({ length: 60 }, (_, frame) => frame).filter((frame) => isFlash(frame, 25));
    expect(flashing).toEqual([0, 1, 2, 25, 26, 27, 50, 51, 52]);
  });

  it.each([5, 7.5, 12.5, 15, 23.976, 29.97, 30, 60])('comes once in every second at %d fps', (fps) => {
    const onsets = Array.from({ length: Math.floor(20 * fps) }, (_, frame) => frame).filter(
      (frame) => isFlash(frame, fps) && (frame === 0 || !isFlash(frame - 1, fps)),
    );
    expect(onsets).toHaveLength(20);
    for (const [second, frame] of onsets.entries()) {
      expect(frame / fps).toBeGreaterThanOrEqual(second - 1e-6);
      expect(frame / fps).toBeLessThan(second + 1 / fps);
    }
  });
});

describe('painting', () => {
  it('gives the same picture for the same numbers, and another for every other', () => {
    expect(paintSignature(at)).toEqual(paintSignature(at));
    for (const other of [{ bot: 4 }, { frame: 31 }, { frame: 25 }, { width: 640, height: 360 }]) {
      expect(paintSignature({ ...at, ...other }).data).not.toEqual(paintSignature(at).data);
    }
  });

  it('gives pictures that are not touched by the next', () => {
    const first = paintSignature(at);
    const copy = Uint8Array.from(first.data);
    first.data.fill(0);
    expect(paintSignature(at).data).toEqual(copy);
  });

  it('changes little from one picture to the next, so that an encoder can follow', () => {
    const [one, next] = [paintSignature(at), paintSignature({ ...at, frame: 31 })];
    const changed = one.data.filter((value, n) => value !== next.data[n]).length;
    expect(changed).toBeGreaterThan(100);
    expect(changed).toBeLessThan(0.08 * one.data.length);
  });

  it.each([
    [{ bot: 64 }, /bot 64/],
    [{ bot: -1 }, /bot -1/],
    [{ frame: 1.5 }, /frame 1.5/],
    [{ fps: 0 }, /0 fps/],
    [{ fps: Number.NaN }, /NaN fps/],
    [{ width: 100, height: 20 }, /too small/],
  ])('refuses what cannot be: %o', (wrong, reason) => {
    expect(() => paintSignature({ ...at, ...wrong })).toThrow(reason);
  });
});
