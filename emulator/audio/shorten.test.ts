import { describe, expect, it } from 'vitest';
import { overlapSamples, shorten } from './shorten.ts';
import { sine } from './test-talker.ts';

describe('shortening', () => {
  it.each([220, 311, 457, 1013])(
    'takes whole cycles out of a tone of %i Hz, so that it has no seam',
    (hz) => {
      const left = shorten(sine(hz, 10_000, 3000), 960);
      expect(3000 - left.length).toBeGreaterThanOrEqual(960 - overlapSamples);
      expect(3000 - left.length).toBeLessThanOrEqual(960);
      const largestStep = left.reduce((most, x, i) => Math.max(most, Math.abs(x - (left[i - 1] ?? x))), 0);
      // The steepest step of the tone itself, and a little for a cycle that is no whole number of samples.
      expect(largestStep).toBeLessThan(10_000 * ((2 * Math.PI * hz) / 48_000) * 1.2);
      expect(left.at(-1)).toBe(sine(hz, 10_000, 3000).at(-1));
    },
  );

  it('leaves silence silent', () => {
    expect(shorten(new Int16Array(2000), 960).every((sample) => sample === 0)).toBe(true);
  });
});
