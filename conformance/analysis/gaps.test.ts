import { describe, expect, it } from 'vitest';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { findToneGaps, type Gap } from './gaps.ts';
import { mixOf, opusLeg } from './testing/opus-leg.ts';

const tone = (bot: number) => render(toneSignature(bot), { seconds: 2, levelDbfs: -12 });
const gapAt = 48000;

function withGap(samples: Float32Array, durationMs: number, gain = 0): Float32Array {
  return samples.map((sample, n) => (n >= gapAt && n < gapAt + durationMs * 48 ? sample * gain : sample));
}

function expectOneGap(
  gaps: readonly Gap[],
  startSeconds: number,
  durationMs: number,
  toleranceMs: number,
): void {
  expect(gaps).toHaveLength(1);
  expect(Math.abs(gaps[0]!.startSeconds - startSeconds) * 1000).toBeLessThanOrEqual(toleranceMs);
  expect(Math.abs(gaps[0]!.durationMs - durationMs)).toBeLessThanOrEqual(toleranceMs);
}

describe('gaps of one tone while others sound', () => {
  it.each([20, 40, 100])('are found: %i ms', (durationMs) => {
    const mix = opusLeg(mixOf([withGap(tone(1), durationMs), tone(0), tone(2)], [1, 1, 1]));
    expectOneGap(findToneGaps(mix.subarray(4800), 702), 0.9065, durationMs, 3);
    expect(findToneGaps(mix.subarray(4800), 333)).toEqual([]);
  });

  it('are not seen where the tone is only softer, nor where they are shorter than asked', () => {
    expect(findToneGaps(withGap(tone(0), 40, 0.2), 333)).toEqual([]);
    expect(findToneGaps(withGap(tone(0), 40, 0.2), 333, { dropDb: 12 })).toHaveLength(1);
    expect(findToneGaps(withGap(tone(0), 20), 333, { minGapMs: 30 })).toEqual([]);
  });

  it('are seen from 13 ms on, and not where they are a few milliseconds', () => {
    expectOneGap(findToneGaps(withGap(tone(0), 13), 333), 1, 13, 3);
    expect(findToneGaps(withGap(tone(0), 6), 333)).toEqual([]);
  });

  it('are seen where a recording begins or ends in one', () => {
    const brokenOff = withGap(tone(0), 1000).subarray(0, gapAt + 24000);
    expectOneGap(findToneGaps(brokenOff, 333), 1, 500, 10);
    const late = withGap(tone(0), 400).subarray(gapAt);
    expectOneGap(findToneGaps(late, 333), 0, 400, 10);
  });

  it('are not looked for in a recording shorter than the window', () => {
    expect(findToneGaps(new Float32Array(10), 333)).toEqual([]);
  });

  it('cannot be looked for below 50 Hz', () => {
    expect(() => findToneGaps(tone(0), 20)).toThrow(RangeError);
  });
});
