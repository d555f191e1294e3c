import { describe, expect, it } from 'vitest';
import { distortionDb } from './distortion.ts';
import { sampleRateHz } from './samples.ts';

const tonesHz = [333, 1284, 2628];

/** Three tones of that amplitude each. */
function tones(amplitude: number, seconds = 1): Float32Array {
  return Float32Array.from({ length: seconds * sampleRateHz }, (_, n) =>
    tonesHz.reduce((sum, hz, i) => sum + amplitude * Math.cos((2 * Math.PI * hz * n) / sampleRateHz + i), 0),
  );
}

describe('what there is beside the tones', () => {
  it('is nothing where there are only tones, as loud as they may be', () => {
    expect(distortionDb(tones(0.3), tonesHz)).toBeLessThan(-100);
    expect(distortionDb(tones(3), tonesHz)).toBeLessThan(-100);
  });

  it('is as loud as what was added, whatever it is', () => {
    const noisy = tones(0.3).map(
      (sample, n) => sample + 0.03 * Math.cos((2 * Math.PI * 777 * n) / sampleRateHz),
    );
    expect(distortionDb(noisy, tonesHz)).toBeCloseTo(-20 - 10 * Math.log10(3), 0);
  });

  it('is loud where tops were cut off', () => {
    const clipped = tones(0.9).map((sample) => Math.max(-1, Math.min(1, sample)));
    expect(distortionDb(clipped, tonesHz)).toBeGreaterThan(-15);
  });

  it('is not what one slip in a recording makes of it', () => {
    const slipped = tones(0.3, 2);
    slipped.copyWithin(30_000, 30_480);
    expect(distortionDb(slipped, tonesHz)).toBeLessThan(-60);
  });

  it('needs half a second', () => {
    expect(() => distortionDb(new Float32Array(23_999), tonesHz)).toThrow(RangeError);
  });
});
