import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsAt, seedOf } from './draws.ts';

describe('seedOf', () => {
  it('is the same for the same parts, and another for others', () => {
    expect(seedOf(1, 'rule-1', 'in')).toBe(seedOf(1, 'rule-1', 'in'));
    const seeds = [seedOf(1, 'ab', 'c'), seedOf(1, 'a', 'bc'), seedOf(2, 'ab', 'c'), seedOf('1', 'ab', 'c')];
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});

describe('drawsAt', () => {
  const first = (seed: number, index: number) => drawsAt(seed, index)();

  it('depends on seed and index alone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, index) => {
        const draw = drawsAt(seed, index);
        const numbers = [draw(), draw(), draw(), draw()];
        expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
        expect(Array.from({ length: 4 }, drawsAt(seed, index))).toEqual(numbers);
      }),
    );
  });

  it('is spread evenly over indexes and over seeds', () => {
    for (const draw of [(i: number) => first(7, i), (i: number) => first(seedOf(i), 0)]) {
      const bins = Array.from({ length: 10 }, () => 0);
      for (let i = 0; i < 10_000; i += 1) bins[Math.floor(draw(i) * 10)]! += 1;
      expect(Math.min(...bins)).toBeGreaterThan(880);
      expect(Math.max(...bins)).toBeLessThan(1120);
    }
  });

  it('shows no likeness between neighbours', () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => first(3, index) - 0.5);
    const likeness = numbers.slice(1).reduce((sum, number, i) => sum + number * numbers[i]!, 0);
    expect(Math.abs(likeness / numbers.length) * 12).toBeLessThan(0.03);
  });
});
