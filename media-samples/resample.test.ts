import { describe, expect, it } from 'vitest';
import { resample } from './resample.ts';

const tone = (hz: number, rateHz: number, seconds: number) =>
  Float32Array.from({ length: rateHz * seconds }, (_, n) => Math.sin((2 * Math.PI * hz * n) / rateHz));

describe('resampling', () => {
  it('keeps a tone as it is, upwards', () => {
    const made = resample(tone(1000, 22050, 0.2), 22050, 48000);
    const wanted = tone(1000, 48000, 0.2);
    expect(made).toHaveLength(9600);
    for (let n = 500; n < 9100; n++) expect(Math.abs(made[n]! - wanted[n]!)).toBeLessThan(0.001);
  });

  it('takes away what the lower rate cannot carry', () => {
    const made = resample(tone(7000, 48000, 0.2), 48000, 8000);
    expect(Math.max(...made.subarray(100, 1500).map(Math.abs))).toBeLessThan(0.001);
  });
});
