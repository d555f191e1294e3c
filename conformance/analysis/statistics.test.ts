import { describe, expect, it } from 'vitest';
import { solveSymmetric } from './least-squares.ts';
import { median, percentile } from './statistics.ts';

describe('percentiles', () => {
  it('lie between neighbours where they fall between them', () => {
    expect(percentile([4, 1, 3, 2], 50)).toBe(2.5);
    expect(percentile([10, 20], 95)).toBeCloseTo(19.5, 9);
    expect(median([7])).toBe(7);
    expect([percentile([3, 1, 2], 0), percentile([3, 1, 2], 100)]).toEqual([1, 3]);
  });

  it('leave the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('are not to be had of nothing, nor beyond 100', () => {
    expect(() => median([])).toThrow('percentile: no values');
    expect(() => percentile([1], 101)).toThrow(/101/);
  });
});

describe('least squares', () => {
  it('are solved', () => {
    const x = solveSymmetric(Float64Array.of(4, 1, 1, 3), Float64Array.of(1, 2));
    expect(x[0]).toBeCloseTo(1 / 11, 9);
    expect(x[1]).toBeCloseTo(7 / 11, 9);
  });

  it('share what two equal sources have in common', () => {
    const x = solveSymmetric(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1), 1e-6);
    expect(x[0]! + x[1]!).toBeCloseTo(1, 4);
    expect(Math.max(...x.map(Math.abs))).toBeLessThan(1.1);
  });

  it('of nothing are nothing', () => {
    expect(solveSymmetric(new Float64Array(4), new Float64Array(2))).toEqual(new Float64Array(2));
    expect(() => solveSymmetric(new Float64Array(3), new Float64Array(2))).toThrow(/2 × 2/);
  });
});
