import { describe, expect, it } from 'vitest';
import { cellsBy, commonRules, fittingRules, type GridRules } from './grid-rules.ts';
import type { Rectangle } from './i420.ts';

const canvas = { width: 1280, height: 720 };

function placed(rectangle: Rectangle, source = { width: 240, height: 192 }) {
  return { rectangle, source };
}

const letterboxed: GridRules = { gridRule: 'ceil-sqrt', centreLastRow: true, cellFit: 'letterbox' };

describe('cellsBy', () => {
  it('has ceil(sqrt n) columns, and centres a last row that is not full', () => {
    const cells = cellsBy(letterboxed, canvas, 5);
    expect(cells.map(({ x, y }) => [Math.round(x), y])).toEqual([
      [0, 0],
      [427, 0],
      [853, 0],
      [213, 360],
      [640, 360],
    ]);
    const left = cellsBy({ ...letterboxed, centreLastRow: false }, canvas, 5);
    expect(left[3]).toMatchObject({ x: 0, y: 360 });
  });
});

describe('fittingRules', () => {
  it.each([true, false])(
    'tells every fit by pictures of another shape, last row centred: %s',
    (centreLastRow) => {
      const boxes = {
        letterbox: { x: 95, y: 0, width: 450, height: 360 },
        crop: { x: 0, y: -76, width: 640, height: 512 },
        stretch: { x: 0, y: 0, width: 640, height: 360 },
      };
      for (const [cellFit, box] of Object.entries(boxes)) {
        const found = cellsBy({ ...letterboxed, centreLastRow }, canvas, 3).map((cell) =>
          placed({ ...box, x: cell.x + box.x, y: cell.y + box.y }),
        );
        expect(fittingRules(canvas, found)).toEqual([{ gridRule: 'ceil-sqrt', centreLastRow, cellFit }]);
      }
    },
  );

  it('bears with edges that are rounded, and read to a pixel', () => {
    const beside = (by: number) =>
      cellsBy(letterboxed, canvas, 3).map(({ x, y, width, height }) =>
        placed({ x: x + 95 + by, y, width: width - 190, height }),
      );
    expect(fittingRules(canvas, beside(5))).toEqual([letterboxed]);
    expect(fittingRules(canvas, beside(8))).toEqual([]);
  });

  it('finds none where somebody is missing or elsewhere', () => {
    const found = cellsBy(letterboxed, canvas, 3).map((cell) => placed(cell));
    expect(fittingRules(canvas, [...found.slice(0, 2), undefined])).toEqual([]);
    const [first, second, third] = found;
    expect(fittingRules(canvas, [second!, first!, third!])).toEqual([]);
  });

  it('finds several where they cannot be told apart, and says what these have in common', () => {
    const source = { width: 320, height: 180 };
    const found = cellsBy(letterboxed, canvas, 3).map((cell) => placed(cell, source));
    const several = fittingRules(canvas, found);
    expect(several).toHaveLength(3);
    expect(commonRules(several)).toEqual({ gridRule: 'ceil-sqrt', centreLastRow: true });
    expect(commonRules([])).toEqual({});
    const left: GridRules = { ...letterboxed, centreLastRow: false };
    const cropped: GridRules = { ...letterboxed, cellFit: 'crop' };
    expect(commonRules([letterboxed, left, cropped])).toEqual({ gridRule: 'ceil-sqrt' });
  });
});
