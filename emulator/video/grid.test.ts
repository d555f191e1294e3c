import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../media/h264/i420.ts';
import { defaultProfile } from '../profile.ts';
import { fitPicture, gridCells } from './grid.ts';

const { video } = defaultProfile;
const even = (min: number, max: number) => fc.integer({ min: min / 2, max: max / 2 }).map((half) => half * 2);
const count = fc.integer({ min: 1, max: 64 });
const rules = fc.record({
  canvasWidth: even(16, 3840),
  canvasHeight: even(16, 2160),
  gridRule: fc.constant('ceil-sqrt' as const),
  centreLastRow: fc.boolean(),
});
const size = fc.record({ width: even(2, 4096), height: even(2, 2304) });
const cellOf = fc.record({ x: even(0, 500), y: even(0, 500), width: even(8, 2000), height: even(8, 2000) });

const isEven = ({ x, y, width, height }: Rect) => [x, y, width, height].every((value) => value % 2 === 0);
const inside = (inner: Rect, outer: Rect) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const countOf = (values: readonly number[]) => new Set(values).size;

describe('gridCells', () => {
  it.each([
    [1, [[0, 0, 1280, 720]]],
    [
      2,
      [
        [0, 0, 640, 720],
        [640, 0, 640, 720],
      ],
    ],
    [
      3,
      [
        [0, 0, 640, 360],
        [640, 0, 640, 360],
        [320, 360, 640, 360],
      ],
    ],
    [
      4,
      [
        [0, 0, 640, 360],
        [640, 0, 640, 360],
        [0, 360, 640, 360],
        [640, 360, 640, 360],
      ],
    ],
  ])('cuts 1280x720 for %i', (members, cells) => {
    expect(gridCells(members, video).map(({ x, y, width, height }) => [x, y, width, height])).toEqual(cells);
  });

  it('has 3 columns and 2 rows for 5, the last row in the middle', () => {
    const cells = gridCells(5, video);
    expect(cells.map(({ y }) => y)).toEqual([0, 0, 0, 360, 360]);
    expect(cells[3]!.x).toBe(1280 - cells[4]!.x - cells[4]!.width);
    expect(gridCells(5, { ...video, centreLastRow: false })[3]!.x).toBe(0);
  });

  it('has cells of 320x180 for 16, as the small camera has', () => {
    expect(gridCells(16, video).every(({ width, height }) => width === 320 && height === 180)).toBe(true);
  });

  it('has no cells for nobody', () => {
    expect(gridCells(0, video)).toEqual([]);
  });

  it('stays inside the canvas, with even numbers and without overlap', () => {
    fc.assert(
      fc.property(count, rules, (members, rule) => {
        const canvas = { x: 0, y: 0, width: rule.canvasWidth, height: rule.canvasHeight };
        const cells = gridCells(members, rule);
        expect(cells).toHaveLength(members);
        for (const [i, cell] of cells.entries()) {
          expect(isEven(cell) && inside(cell, canvas) && cell.width >= 2 && cell.height >= 2).toBe(true);
          expect(cells.slice(i + 1).some((other) => overlap(cell, other))).toBe(false);
        }
      }),
    );
  });

  it('goes row by row in the order of joining, with as many columns as the rule says', () => {
    fc.assert(
      fc.property(count, rules, (members, rule) => {
        const cells = gridCells(members, rule);
        const columns = Math.ceil(Math.sqrt(members));
        expect(countOf(cells.map(({ y }) => y))).toBe(Math.ceil(members / columns));
        expect(countOf(cells.slice(0, columns).map(({ x }) => x))).toBe(columns);
        for (const [i, cell] of cells.entries()) {
          const next = cells[i + 1];
          if (next === undefined) break;
          const sameRow = (i + 1) % columns !== 0;
          expect(sameRow ? next.y === cell.y && next.x > cell.x : next.y > cell.y).toBe(true);
        }
      }),
    );
  });

  it('makes cells of one canvas nearly the same, and covers it where the grid is full', () => {
    fc.assert(
      fc.property(count, rules, (members, rule) => {
        const cells = gridCells(members, rule);
        const widths = cells.map(({ width }) => width);
        const heights = cells.map(({ height }) => height);
        expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(2);
        expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(2);
        const columns = Math.ceil(Math.sqrt(members));
        if (members % columns !== 0) return;
        const area = cells.reduce((sum, { width, height }) => sum + width * height, 0);
        expect(area).toBe(rule.canvasWidth * rule.canvasHeight);
      }),
    );
  });
});

describe('fitPicture', () => {
  it('puts bars above and below a wide picture, and beside a tall one', () => {
    const cell = { x: 640, y: 360, width: 640, height: 360 };
    expect(fitPicture(cell, { width: 640, height: 160 }, 'letterbox').target).toEqual({
      ...{ x: 640, y: 460, width: 640, height: 160 },
    });
    expect(fitPicture(cell, { width: 360, height: 640 }, 'letterbox').target).toEqual({
      ...{ x: 858, y: 360, width: 202, height: 360 },
    });
  });

  it('cuts off both sides alike, or stretches', () => {
    const cell = { x: 0, y: 0, width: 320, height: 180 };
    const picture = { width: 640, height: 480 };
    expect(fitPicture(cell, picture, 'crop')).toEqual({
      source: { x: 0, y: 60, width: 640, height: 360 },
      target: cell,
    });
    expect(fitPicture(cell, picture, 'stretch')).toEqual({
      source: { x: 0, y: 0, width: 640, height: 480 },
      target: cell,
    });
  });

  it('stays inside the cell and the picture, with even numbers', () => {
    fc.assert(
      fc.property(cellOf, size, fc.constantFrom('letterbox', 'crop', 'stretch'), (cell, picture, fit) => {
        const { source, target } = fitPicture(cell, picture, fit);
        expect(isEven(source) && isEven(target)).toBe(true);
        expect(inside(target, cell) && inside(source, { x: 0, y: 0, ...picture })).toBe(true);
        expect(Math.min(source.width, source.height, target.width, target.height)).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it('keeps the proportions with bars and with cuts, in the middle of the cell', () => {
    fc.assert(
      fc.property(cellOf, size, fc.constantFrom('letterbox', 'crop'), (cell, picture, fit) => {
        const { source, target } = fitPicture(cell, picture, fit);
        const scales = [cell.width / picture.width, cell.height / picture.height];
        const scale = fit === 'crop' ? 1 / Math.max(...scales) : Math.min(...scales);
        const [rounded, ideal] = fit === 'crop' ? [source, cell] : [target, picture];
        for (const side of ['width', 'height'] as const) {
          const off = Math.abs(rounded[side] - ideal[side] * scale);
          expect(off <= 1 + 1e-9 || rounded[side] === 2, `${side} is off by ${off}`).toBe(true);
        }
        const left = target.x - cell.x;
        const right = cell.x + cell.width - target.x - target.width;
        expect(Math.abs(left - right)).toBeLessThanOrEqual(2);
      }),
    );
  });
});
