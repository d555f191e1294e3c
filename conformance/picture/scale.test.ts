import { describe, expect, it } from 'vitest';
import { paintSignature } from '../bots/signatures/picture-signature.ts';
import { createPicture, fillRectangle, planesOf, white } from './i420.ts';
import { drawPicture, scalePicture } from './scale.ts';
import { cropPicture } from './testing/crop.ts';

const signature = paintSignature({ bot: 1, frame: 30, width: 320, height: 180, fps: 25 });

describe('scaling', () => {
  it('to the same size changes nothing', () => {
    expect(scalePicture(signature, 320, 180)).toEqual(signature);
  });

  it('keeps one colour one colour', () => {
    const flat = createPicture(320, 180, { y: 90, u: 50, v: 200 });
    expect(scalePicture(flat, 86, 144)).toEqual(createPicture(86, 144, { y: 90, u: 50, v: 200 }));
  });

  it('keeps edges where they were, up and down', () => {
    const half = createPicture(200, 100);
    fillRectangle(half, { x: 100, y: 0, width: 100, height: 100 }, white);
    for (const width of [50, 100, 400]) {
      const { y } = planesOf(scalePicture(half, width, 50));
      const row = [...y.subarray(0, width)];
      expect(row.slice(0, width / 2 - 2).every((luma) => luma === 16)).toBe(true);
      expect(row.slice(width / 2 + 2).every((luma) => luma === 235)).toBe(true);
      const total = row.reduce((sum, luma) => sum + luma - 16, 0) / 219;
      expect(total).toBeCloseTo(width / 2, 1);
    }
  });
});

describe('drawing and cropping', () => {
  it('gives back what was drawn', () => {
    const canvas = createPicture(640, 360);
    drawPicture(canvas, signature, 100, 60);
    expect(cropPicture(canvas, { x: 100, y: 60, width: 320, height: 180 })).toEqual(signature);
  });

  it('leaves out what reaches over the edges', () => {
    const canvas = createPicture(640, 360);
    for (const [x, y] of [
      [-200, -100],
      [500, 300],
      [700, 10],
      [-400, 400],
    ] as const) {
      expect(() => drawPicture(canvas, signature, x, y)).not.toThrow();
    }
    const corner = cropPicture(canvas, { x: 0, y: 0, width: 120, height: 80 });
    expect(corner).toEqual(cropPicture(signature, { x: 200, y: 100, width: 120, height: 80 }));
  });

  it('refuses odd positions, which chroma cannot follow', () => {
    expect(() => drawPicture(createPicture(8, 8), createPicture(4, 4), 1, 0)).toThrow(RangeError);
  });
});
