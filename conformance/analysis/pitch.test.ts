import { describe, expect, it } from 'vitest';
import { pitchOffsetPpm } from './pitch.ts';
import { concatSamples, sampleRateHz } from './samples.ts';

const tonesHz = [333, 1284, 3468];

function tones(ppm: number, seconds = 1): Float32Array {
  return Float32Array.from({ length: seconds * sampleRateHz }, (_, n) =>
    tonesHz.reduce(
      (sum, hz, i) =>
        sum +
        0.1 * Math.cos((2 * Math.PI * hz * (1 + ppm / 1e6) * n) / sampleRateHz + i) +
        0.01 * noise(n, i),
      0,
    ),
  );
}

/** Between -1 and 1, always the same. */
function noise(n: number, i: number): number {
  const value = Math.sin(n * 12.9898 + i * 78.233) * 43758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}

describe('the pitch of tones', () => {
  it.each([0, 50, -200, 500, -3000, 3000, 8000])('%d ppm beside what was sent is found', (ppm) => {
    expect(Math.abs(pitchOffsetPpm(tones(ppm), tonesHz)! - ppm)).toBeLessThan(15);
  });

  it('is not what one slip in a recording makes of it', () => {
    const slipped = tones(0, 2);
    slipped.copyWithin(30_000, 30_480);
    expect(Math.abs(pitchOffsetPpm(slipped, tonesHz)!)).toBeLessThan(15);
  });

  it('is unknown where it is more than 1 % away', () => {
    expect(pitchOffsetPpm(tones(15_000), tonesHz)).toBeUndefined();
  });

  it('is unknown where it is found in less than half of a recording', () => {
    const once = concatSamples([tones(0, 0.5), tones(15_000, 1)]);
    expect(pitchOffsetPpm(once, tonesHz)).toBeUndefined();
    const twice = concatSamples([tones(0, 1), tones(-15_000, 0.5)]);
    expect(Math.abs(pitchOffsetPpm(twice, tonesHz)!)).toBeLessThan(15);
  });

  it('needs half a second', () => {
    expect(() => pitchOffsetPpm(new Float32Array(23_999), tonesHz)).toThrow(RangeError);
  });
});
