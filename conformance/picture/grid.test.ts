import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCanvas, expectedGrid, letterbox } from './grid.ts';
import { overlaps } from './i420.ts';

const wide = (members: number) => Array.from({ length: members }, () => 16 / 9);
const cells = (members: number) => expectedGrid(defaultCanvas, wide(members)).map(({ cell }) => cell);

describe('the grid that is expected', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 2, 2],
    [4, 2, 2],
    [5, 3, 2],
    [9, 3, 3],
    [10, 4, 3],
    [16, 4, 4],
    [17, 5, 4],
    [25, 5, 5],
  ])('for %i members has %i columns and %i rows', (members, columns, rows) => {
    const grid = expectedGrid(defaultCanvas, wide(members));
    expect(Math.max(...grid.map(({ column }) => column)) + 1).toBe(columns);
    expect(Math.max(...grid.map(({ row }) => row)) + 1).toBe(rows);
    expect(grid[0]!.cell).toMatchObject({ width: 1280 / columns, height: 720 / rows });
  });

  it('fills row by row in joining order and centres the last row', () => {
    expect(cells(4).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [640, 0],
      [0, 360],
      [640, 360],
    ]);
    expect(cells(3)[2]).toEqual({ x: 320, y: 360, width: 640, height: 360 });
    expect(cells(5)[3]!.x).toBeCloseTo(213.3, 1);
    expect(cells(5)[4]!.x).toBeCloseTo(640, 1);
  });

  it('letterboxes in the middle of the cell', () => {
    const cell = { x: 640, y: 0, width: 640, height: 360 };
    expect(letterbox(cell, 16 / 9)).toEqual(cell);
    expect(letterbox(cell, 4 / 3)).toEqual({ x: 720, y: 0, width: 480, height: 360 });
    expect(letterbox(cell, 9 / 16)).toEqual({ x: 858.75, y: 0, width: 202.5, height: 360 });
    expect(letterbox(cell, 4)).toEqual({ x: 640, y: 100, width: 640, height: 160 });
  });

  it('keeps all pictures inside their cells and cells inside the canvas, without overlap', () => {
    const aspects = fc.array(fc.double({ min: 0.3, max: 3, noNaN: true }), { minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(aspects, (ratios) => {
        const grid = expectedGrid(defaultCanvas, ratios);
        for (const [n, { cell, picture }] of grid.entries()) {
          expect(picture.x).toBeGreaterThan(cell.x - 1e-6);
          expect(picture.y).toBeGreaterThan(cell.y - 1e-6);
          expect(picture.x + picture.width).toBeLessThan(cell.x + cell.width + 1e-6);
          expect(picture.y + picture.height).toBeLessThan(cell.y + cell.height + 1e-6);
          expect(picture.width / picture.height).toBeCloseTo(ratios[n]!, 6);
          expect(cell.x + cell.width).toBeLessThan(1280 + 1e-6);
          const shrunk = { ...cell, width: cell.width - 1e-6, height: cell.height - 1e-6 };
          expect(
            grid
              .slice(0, n)
              .some((other) => overlaps(shrunk, { ...other.cell, width: other.cell.width - 1e-6 })),
          ).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what is no grid', () => {
    expect(() => expectedGrid(defaultCanvas, [])).toThrow(/no members/);
    expect(() => expectedGrid(defaultCanvas, [1, Number.NaN])).toThrow(/member 1/);
    expect(() => expectedGrid({ width: 0, height: 720 }, [1])).toThrow(/0x720/);
  });
});
