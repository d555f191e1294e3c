import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeakLimiter } from './limiter.ts';
import { minusSelfMix } from './minus-self.ts';

const length = 48;
const frame = fc.int16Array({ minLength: length, maxLength: length });

function sumOf(frames: readonly Int16Array[]): Int32Array {
  const wide = new Int32Array(length);
  minusSelfMix.sum(frames, wide);
  return wide;
}

describe('the minus-self mix', () => {
  it('of nobody is exact silence', () => {
    const wide = new Int32Array(length).fill(7);
    minusSelfMix.sum([], wide);
    expect(wide.every((sample) => sample === 0)).toBe(true);
  });

  it('of one other is that one, bit by bit, through the limiter', () => {
    fc.assert(
      fc.property(frame, frame, (own, other) => {
        const wide = new Int32Array(length);
        minusSelfMix.withoutOwn(sumOf([own, other]), own, wide);
        const out = new Int16Array(length);
        const heard = other.map((sample) => Math.max(sample, -32767));
        new PeakLimiter().limit(wide, out);
        // -32768 is the one value that has no positive counterpart.
        if (!other.includes(-32768)) expect(out).toEqual(heard);
        expect(wide).toEqual(Int32Array.from(other));
      }),
    );
  });

  it('holds nothing of its own listener, however loud and however many there are', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 64 }), (frames) => {
        const wide = new Int32Array(length);
        minusSelfMix.withoutOwn(sumOf(frames), frames[0], wide);
        expect(wide).toEqual(sumOf(frames.slice(1)));
      }),
    );
  });

  it('is everybody for a listener who adds nothing', () => {
    const frames = [Int16Array.from({ length }, (_, i) => i), Int16Array.from({ length }, () => 5)];
    const wide = new Int32Array(length);
    minusSelfMix.withoutOwn(sumOf(frames), undefined, wide);
    expect(Array.from(wide)).toEqual(Array.from({ length }, (_, i) => i + 5));
  });
});

describe('the limiter', () => {
  const wideFrame = fc
    .array(fc.integer({ min: -64 * 32768, max: 64 * 32767 }), { minLength: length, maxLength: length })
    .map((samples) => Int32Array.from(samples));

  it('never wraps: no sample changes its sign, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(wideFrame, { minLength: 1, maxLength: 5 }), (frames) => {
        const limiter = new PeakLimiter();
        const out = new Int16Array(length);
        for (const wide of frames) {
          limiter.limit(wide, out);
          for (let i = 0; i < length; i += 1) expect(out[i]! * Math.sign(wide[i]!)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('goes back to exactly unit gain after a loud passage', () => {
    const limiter = new PeakLimiter();
    const out = new Int16Array(960);
    limiter.limit(new Int32Array(960).fill(100_000), out);
    const quiet = Int32Array.from({ length: 960 }, (_, i) => i);
    for (let block = 0; block < 100; block += 1) limiter.limit(quiet, out);
    expect(Int32Array.from(out)).toEqual(quiet);
  });
});
