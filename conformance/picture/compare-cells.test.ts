import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { compareCells } from './compare-cells.ts';
import { encodePng, evidenceTriple, pictureToPng } from './evidence.ts';
import { createPicture, fillRectangle } from './i420.ts';
import { scalePicture } from './scale.ts';
import { canvasOf, scene } from './testing/scene.ts';
import { exchangeChroma, turnPicture } from './testing/turn.ts';

const room = scene(4);
const cells = room.map(({ rectangle }) => rectangle);
const canvas = canvasOf(room);

describe('comparing a canvas with the expected one', () => {
  it('finds no difference between equal pictures', () => {
    const { cellShares, backgroundShare } = compareCells(canvas, canvas, cells);
    expect(cellShares).toEqual([0, 0, 0, 0]);
    expect(backgroundShare).toBe(0);
  });

  it('counts in the cell that differs, and nowhere else', () => {
    const changed = canvasOf(room.map((one) => (one.bot === 2 ? { ...one, bot: 12 } : one)));
    const { cellShares, backgroundShare } = compareCells(changed, canvas, cells);
    expect(cellShares[2]).toBeGreaterThan(0.3);
    expect([cellShares[0], cellShares[1], cellShares[3], backgroundShare]).toEqual([0, 0, 0, 0]);
  });

  it('counts exactly what was painted', () => {
    const spotted = { ...canvas, data: Uint8Array.from(canvas.data) };
    const { x, y } = cells[0]!;
    fillRectangle(spotted, { x: x + 400, y: y + 20, width: 120, height: 80 }, { y: 235, u: 128, v: 128 });
    const { cellShares } = compareCells(spotted, canvas, cells, { insetPx: 0, reduction: 1 });
    expect(cellShares[0]).toBeCloseTo((120 * 80) / (cells[0]!.width * cells[0]!.height), 3);
  });

  it('counts what is left where nobody should be', () => {
    const three = scene(3);
    const { backgroundShare } = compareCells(
      canvas,
      canvasOf(three),
      three.map(({ rectangle }) => rectangle),
    );
    expect(backgroundShare).toBeGreaterThan(0.2);
  });

  it('counts neither in a cell nor beside it what is at its edges, and counts what is a little inside', () => {
    const strip = (inPx: number, widthPx: number) => {
      const painted = { ...canvas, data: Uint8Array.from(canvas.data) };
      const { x, y, height } = cells[3]!;
      fillRectangle(painted, { x: x + inPx, y, width: widthPx, height }, { y: 120, u: 60, v: 200 });
      return compareCells(painted, canvas, cells, { reduction: 1 });
    };
    const atTheEdge = strip(0, 4);
    expect([...atTheEdge.cellShares, atTheEdge.backgroundShare]).toEqual([0, 0, 0, 0, 0]);
    const inside = strip(6, 8);
    expect(inside.cellShares[3]).toBeGreaterThan(0);
    expect(inside.backgroundShare).toBe(0);
  });

  it('hardly minds another scaler and a shift by a pixel, and minds mirroring, colours and an old frame', () => {
    const share = (actual: typeof canvas) => Math.max(...compareCells(actual, canvas, cells).cellShares);
    const blurred = scalePicture(scalePicture(canvas, 1000, 560), 1280, 720);
    expect(share(blurred)).toBeLessThan(0.02);
    const shifted = canvasOf(
      room.map((one) => ({ ...one, rectangle: { ...one.rectangle, width: one.rectangle.width - 2 } })),
    );
    expect(share(shifted)).toBeLessThan(0.05);
    expect(share(turnPicture(canvas, { mirrored: true, rotatedDegrees: 0 }))).toBeGreaterThan(0.15);
    expect(share(exchangeChroma(canvas))).toBeGreaterThan(0.3);
  });

  it('refuses pictures of different sizes', () => {
    expect(() => compareCells(createPicture(640, 360), canvas, cells)).toThrow(/640x360 and 1280x720/);
  });
});

describe('evidence', () => {
  const changed = canvasOf(room.slice(0, 3));
  const triple = evidenceTriple(compareCells(changed, canvas, cells));

  it('is three PNG files of one size', () => {
    for (const file of [triple.expected, triple.actual, triple.difference]) {
      const { width, height } = PNG.sync.read(file);
      expect([width, height]).toEqual([640, 360]);
    }
    expect(triple.difference.length).toBeLessThan(200_000);
  });

  it('shows red where the two differ', () => {
    const png = PNG.sync.read(triple.difference);
    const red = [];
    for (let at = 0; at < png.data.length; at += 4) {
      if (png.data[at] === 255 && png.data[at + 1] === 0 && png.data[at + 2] === 0) red.push((at / 4) % 640);
    }
    // The missing member had the right half of the lower row.
    expect(red.length).toBeGreaterThan(10_000);
    expect(Math.min(...red)).toBeGreaterThan(320);
  });

  it('shows whole pictures too, and refuses what is none', () => {
    const { width, height } = PNG.sync.read(pictureToPng(canvas));
    expect([width, height]).toEqual([1280, 720]);
    expect(() => encodePng({ width: 2, height: 2, data: new Uint8Array(15) })).toThrow(/15 bytes/);
    expect(() => encodePng({ width: 0, height: 0, data: new Uint8Array(0) })).toThrow(RangeError);
  });
});
