import { describe, expect, it } from 'vitest';
import { ratesOf } from './canvas-rates.ts';

/** Pictures that come each so many ms, with timestamps of 25 a second that go over the end. */
function times(count: number, everyMs: number) {
  return Array.from({ length: count }, (_, n) => ({
    timestamp: (2 ** 32 - 10_000 + 3600 * n) % 2 ** 32,
    arrivalMs: everyMs * n,
  }));
}

describe('the rates of a canvas', () => {
  it('are those of its timestamps, and of its fullest second', () => {
    expect(ratesOf(times(100, 40))).toEqual({ stampedRate: 25, mostInASecond: 25 });
    expect(ratesOf(times(100, 100))).toEqual({ stampedRate: 25, mostInASecond: 10 });
  });

  it('are not lower where some pictures are missing', () => {
    const some = times(100, 40).filter((_, n) => n < 60 || n % 10 !== 0);
    expect(ratesOf(some)).toEqual({ stampedRate: 25, mostInASecond: 25 });
  });

  it('are nothing where nothing came', () => {
    expect(ratesOf([])).toEqual({ stampedRate: 0, mostInASecond: 0 });
    expect(ratesOf(times(1, 40))).toEqual({ stampedRate: 0, mostInASecond: 1 });
  });
});
