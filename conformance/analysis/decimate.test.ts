import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.ts';
import { levelDbfs } from './level.ts';

const tone = (hz: number, rateHz: number, seconds = 0.5) =>
  Float32Array.from({ length: rateHz * seconds }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * n) / rateHz));
const inner = (samples: Float32Array) => samples.subarray(200, samples.length - 200);

describe('decimate', () => {
  it.each([200, 1000, 5000, 6500])('keeps a tone of %i Hz, sample by sample', (hz) => {
    const out = decimate(tone(hz, 48_000), 3);
    const wanted = tone(hz, 16_000);
    expect(out.length).toBe(8000);
    const error = inner(out).reduce(
      (most, sample, n) => Math.max(most, Math.abs(sample - inner(wanted)[n]!)),
      0,
    );
    expect(error).toBeLessThan(0.01);
  });

  it.each([9000, 12_000, 20_000])('lets nothing of %i Hz fold back', (hz) => {
    expect(levelDbfs(inner(decimate(tone(hz, 48_000), 3)))).toBeLessThan(-60);
  });

  it('refuses what is no whole factor', () => {
    expect(() => decimate(new Float32Array(10), 1.5)).toThrow(RangeError);
    expect(() => decimate(new Float32Array(10), 0)).toThrow(RangeError);
    expect([...decimate(Float32Array.of(1, 2), 1)]).toEqual([1, 2]);
  });
});
