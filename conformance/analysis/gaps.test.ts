import { describe, expect, it } from 'vitest';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { findGaps, findToneGaps, type Gap } from './gaps.ts';
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

describe('gaps in sound that should go on', () => {
  it.each([10, 20, 40, 100])('are found to the millisecond: %i ms', (durationMs) => {
    expectOneGap(findGaps(withGap(tone(0), durationMs)), 1, durationMs, 1);
  });

  it.each([20, 40, 100])('are found after Opus, 6.5 ms later: %i ms', (durationMs) => {
    expectOneGap(findGaps(opusLeg(withGap(tone(0), durationMs))), 1.0065, durationMs, 2);
  });

  it('are not seen where there are none, nor where the sound is only softer', () => {
    expect(findGaps(opusLeg(mixOf([tone(0), tone(1), tone(2)], [1, 1, 1])).subarray(4800))).toEqual([]);
    expect(findGaps(withGap(tone(0), 40, 0.2))).toEqual([]);
    expect(findGaps(withGap(tone(0), 40, 0.2), { dropDb: 12 })).toHaveLength(1);
  });

  it('are passed over where they are shorter than asked', () => {
    expect(findGaps(withGap(tone(0), 20), { minGapMs: 25 })).toEqual([]);
  });

  it('are not looked for in a recording shorter than the window', () => {
    expect(findGaps(new Float32Array(10))).toEqual([]);
  });
});

describe('gaps of one tone while others sound', () => {
  it.each([20, 40, 100])('are found: %i ms', (durationMs) => {
    const mix = opusLeg(mixOf([withGap(tone(1), durationMs), tone(0), tone(2)], [1, 1, 1]));
    expectOneGap(findToneGaps(mix.subarray(4800), 702), 0.9065, durationMs, 3);
    expect(findToneGaps(mix.subarray(4800), 333)).toEqual([]);
    expect(findGaps(mix.subarray(4800))).toEqual([]);
  });

  it('cannot be looked for below 50 Hz', () => {
    expect(() => findToneGaps(tone(0), 20)).toThrow(RangeError);
  });
});
