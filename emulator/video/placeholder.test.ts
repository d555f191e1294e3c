import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type I420Planes, planesOf, type Rect } from '../../media/h264/i420.ts';
import { colourAt, solid } from '../../media/h264/test-pictures.ts';
import { fillRect } from './canvas.ts';
import { toYuv } from './colour.ts';
import { glyphsOf } from './glyphs.ts';
import { drawPlaceholder } from './placeholder.ts';

const canvasOf = (width = 320, height = 180) => planesOf(solid({ width, height }, [16, 128, 128]));
const whole: Rect = { x: 0, y: 0, width: 320, height: 180 };

/** The drawn cell as text, one sign for each dot of `dotPx` pixels. */
function inked(canvas: I420Planes, { x, y, width, height }: Rect): string[] {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) =>
      colourAt(canvas, x + column, y + row)[0] > 150 ? '#' : '.',
    ).join(''),
  );
}

describe('glyphs', () => {
  it('are drawn as they look', () => {
    const [letter] = glyphsOf('R');
    expect(letter!.map((row) => row.map((dot) => (dot ? '#' : '.')).join(''))).toEqual([
      '####.',
      '#...#',
      '#...#',
      '####.',
      '#.#..',
      '#..#.',
      '#...#',
    ]);
  });

  it('are different for every printable character of ASCII', () => {
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCodePoint(32 + i));
    const shapes = ascii.map((character) => JSON.stringify(glyphsOf(character)));
    expect(new Set(shapes).size).toBe(95);
  });

  it('leave accents off, and have one neutral sign for each character of other scripts', () => {
    expect(glyphsOf('Éä')).toEqual(glyphsOf('Ea'));
    expect(glyphsOf('日本')).toEqual([...glyphsOf('日'), ...glyphsOf('日')]);
    expect(glyphsOf('👨‍👩‍👧')).toHaveLength(1);
    expect(glyphsOf('\u0000\u202e')).toHaveLength(2);
  });
});

describe('drawPlaceholder', () => {
  it('writes the name in the middle of a grey cell', () => {
    const canvas = canvasOf();
    drawPlaceholder(canvas, whole, 'anna');
    const rows = inked(canvas, whole);
    const first = rows.findIndex((row) => row.includes('#'));
    const last = rows.findLastIndex((row) => row.includes('#'));
    expect(Math.abs(first - (179 - last))).toBeLessThan(20);
    const columns = rows.flatMap((row) => [row.indexOf('#'), row.lastIndexOf('#')]).filter((at) => at >= 0);
    expect(Math.abs(Math.min(...columns) - (319 - Math.max(...columns)))).toBeLessThan(10);
    expect(colourAt(canvas, 5, 5)).toEqual([58, 128, 128]);
  });

  it('looks different for different names', () => {
    const drawn = ['anna', 'bruce', 'Anna', ''].map((name) => {
      const canvas = canvasOf();
      drawPlaceholder(canvas, whole, name);
      return Buffer.from(canvas.planes[0]).toString('latin1');
    });
    expect(new Set(drawn).size).toBe(4);
  });

  it('stays inside its cell and never throws, whatever the name and the cell', () => {
    const even = (max: number) => fc.integer({ min: 1, max: max / 2 }).map((half) => half * 2);
    const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(even(300), even(160), name, (width, height, text) => {
        const canvas = canvasOf();
        drawPlaceholder(canvas, { x: 10, y: 12, width, height }, text);
        fillRect(canvas, { x: 10, y: 12, width, height }, [16, 128, 128]);
        expect(canvas.planes[0].every((luma) => luma === 16)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('fillRect and toYuv', () => {
  it('fill luma and chroma of a rectangle and nothing else', () => {
    const canvas = canvasOf(16, 16);
    fillRect(canvas, { x: 4, y: 6, width: 8, height: 2 }, [90, 50, 200]);
    expect(colourAt(canvas, 4, 6)).toEqual([90, 50, 200]);
    expect(colourAt(canvas, 11, 7)).toEqual([90, 50, 200]);
    for (const [x, y] of [
      [3, 6],
      [12, 6],
      [4, 5],
      [4, 8],
    ] as const) {
      expect(colourAt(canvas, x, y)).toEqual([16, 128, 128]);
    }
  });

  it.each([
    ['#000000', [16, 128, 128]],
    ['#ffffff', [235, 128, 128]],
    ['#ff0000', [81, 90, 240]],
    ['#0000FF', [41, 240, 110]],
  ])('change %s to limited range', (hex, yuv) => {
    expect(toYuv(hex)).toEqual(yuv);
  });

  it('refuse what is no colour', () => {
    expect(() => toYuv('black')).toThrow(RangeError);
  });
});
