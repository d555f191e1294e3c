import { describe, expect, it } from 'vitest';
import { attemptsUntil, type DelayAttempt, delayGrowth, leastLate } from './delay.ts';

const attempt = (delayMs: number, latenessP95Ms: number): DelayAttempt => ({
  valuesMs: Array.from({ length: 100 }, () => delayMs),
  latenessP95Ms,
});

describe('the attempts at measuring delays', () => {
  it('counts the one in which the bots were least late', () => {
    const attempts = [attempt(90, 8), attempt(50, 2), attempt(60, 4)];
    expect(leastLate(attempts)).toBe(attempts[1]);
  });

  it.each([
    ['the first is within the bar', [attempt(60, 8), attempt(50, 2)], 1],
    ['only the second is', [attempt(90, 8), attempt(50, 2)], 2],
    ['only the third is, and the bots were late in all', [attempt(90, 9), attempt(90, 8), attempt(50, 7)], 3],
    ['nothing was heard in the first', [{ valuesMs: [], latenessP95Ms: 9 }, attempt(50, 2)], 2],
    ['there was one', [attempt(50, 1)], 1],
  ])('takes its number where %s', (_case, attempts, number) => {
    expect(attemptsUntil(70, attempts)).toBe(number);
  });
});

describe('the growth of a delay', () => {
  const every20Ms = (delayMs: (i: number) => number) =>
    Array.from({ length: 200 }, (_, i) => ({ arrivalMs: 5000 + 20 * i, delayMs: delayMs(i) }));

  it('is what a second adds', () => {
    expect(delayGrowth(every20Ms((i) => 40 + 0.2 * i))).toBeCloseTo(10);
  });

  it('is none where packets are uneven, and their delay stays', () => {
    expect(Math.abs(delayGrowth(every20Ms((i) => 40 + (i % 7))))).toBeLessThan(0.5);
  });

  it.each([
    ['none', []],
    ['one', [{ arrivalMs: 5, delayMs: 40 }]],
  ])('is none of %s', (_case, delays) => {
    expect(delayGrowth(delays)).toBe(0);
  });
});
