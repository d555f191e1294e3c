import { describe, expect, it } from 'vitest';
import { peakToneDbfs, toneOnsets } from './tone-onsets.ts';

/** Beeps of 100 ms each second, from 0.25 s on, under another tone that goes on. */
function beeps(seconds: number): Float32Array {
  return Float32Array.from({ length: seconds * 48_000 }, (_, n) => {
    const inBeep = (n / 48_000) % 1 >= 0.25 && (n / 48_000) % 1 < 0.35;
    const other = 0.2 * Math.sin((2 * Math.PI * 606 * n) / 48_000);
    return other + (inBeep ? 0.1 * Math.sin((2 * Math.PI * 1144 * n) / 48_000) : 0);
  });
}

describe('tone onsets', () => {
  it('are found to two milliseconds while another tone sounds', () => {
    const onsets = toneOnsets(beeps(3), 1144);
    expect(onsets).toHaveLength(3);
    for (const [second, at] of onsets.entries())
      expect(Math.abs(at / 48_000 - second - 0.25)).toBeLessThan(0.002);
  });

  it('are one where a beep is broken off and goes on', () => {
    const broken = beeps(3).map((sample, n) => (n % 48_000 >= 13_600 && n % 48_000 < 15_000 ? 0 : sample));
    expect(toneOnsets(broken, 1144)).toHaveLength(3);
  });

  it('have the level of the tone', () => {
    expect(peakToneDbfs(beeps(2), 1144)).toBeCloseTo(-20, 0);
    expect(peakToneDbfs(beeps(2), 3150)).toBeLessThan(-60);
  });

  it('of what is too short to look at are none', () => {
    expect(toneOnsets(new Float32Array(100), 1000)).toEqual([]);
  });
});
