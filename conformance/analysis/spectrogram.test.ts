import { describe, expect, it } from 'vitest';
import { spectrogramOf } from './spectrogram.ts';

const rateHz = 16_000;

describe('spectrogramOf', () => {
  it('shows a tone where and when it is, at its level', () => {
    const samples = Float32Array.from({ length: rateHz }, (_, n) =>
      n < rateHz / 2 ? 0.1 * Math.sin((2 * Math.PI * 1000 * n) / rateHz) : 0,
    );
    const { levelsDbfs, columns, rows } = spectrogramOf(samples, 40, 128);
    expect([columns, rows]).toEqual([40, 128]);
    const column = (index: number) => levelsDbfs.subarray(index * rows, (index + 1) * rows);
    const early = column(5);
    expect(early.indexOf(Math.max(...early))).toBe((1000 / 8000) * 128);
    expect(Math.max(...early)).toBeCloseTo(-20, 0);
    expect(early[100]).toBeLessThan(-80);
    expect(Math.max(...column(35))).toBeLessThan(-100);
  });

  it('refuses what it cannot show', () => {
    expect(() => spectrogramOf(new Float32Array(1000), 10, 10)).toThrow(RangeError);
    expect(() => spectrogramOf(new Float32Array(2000), 10, 1000)).toThrow(RangeError);
  });
});
