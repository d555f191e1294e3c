import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';

describe('seededRandom', () => {
  it('is spread evenly', () => {
    const random = seededRandom(42);
    const bins = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10000; i += 1) bins[Math.floor(random() * 10)]! += 1;
    expect(Math.min(...bins)).toBeGreaterThan(900);
    expect(Math.max(...bins)).toBeLessThan(1100);
  });

  it('gives the same numbers for the same seed, and others for another', () => {
    const firstOf = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(firstOf(7)).toEqual(firstOf(7));
    expect(firstOf(8)).not.toEqual(firstOf(7));
  });
});
