import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../media/seeded-random.ts';
import { crossCorrelation, fftSize, realInverse, spectrumOf } from './fourier.ts';

const noise = (length: number, seed: number) => {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => 2 * random() - 1);
};

describe('the transform of real samples', () => {
  it.each([2, 4, 8, 64, 4096])('of %s is as its definition says', (size) => {
    const samples = noise(size, size);
    const spectrum = spectrumOf(samples, size);
    for (const k of [0, 1, size / 2, size - 1]) {
      const turn = (n: number) => (-2 * Math.PI * k * n) / size;
      expect(spectrum[k * 2]).toBeCloseTo(
        samples.reduce((sum, sample, n) => sum + sample * Math.cos(turn(n)), 0),
        9,
      );
      expect(spectrum[k * 2 + 1]).toBeCloseTo(
        samples.reduce((sum, sample, n) => sum + sample * Math.sin(turn(n)), 0),
        9,
      );
    }
  });

  it('comes back from its inverse, whatever its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (power, seed) => {
        const samples = noise(2 ** power, seed);
        const back = realInverse(spectrumOf(samples, samples.length));
        expect(back).toHaveLength(samples.length);
        back.forEach((sample, n) => void expect(sample).toBeCloseTo(samples[n]!, 9));
      }),
      { numRuns: 50 },
    );
  });

  it('is as long as the next power of two', () => {
    expect([1, 2, 3, 1024, 1025].map(fftSize)).toEqual([2, 2, 4, 1024, 2048]);
  });
});

describe('the cross-correlation', () => {
  it('is the sum of products at each lag, those below zero at the end', () => {
    const [y, s] = [noise(7, 1), noise(5, 2)];
    const correlation = crossCorrelation(y, s);
    for (let lag = 1 - s.length; lag < y.length; lag++) {
      const sum = y.reduce((all, value, n) => all + value * (s[n - lag] ?? 0), 0);
      expect(correlation[(lag + correlation.length) % correlation.length]).toBeCloseTo(sum, 9);
    }
  });
});
