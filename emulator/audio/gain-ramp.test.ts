import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GainRamp } from './gain-ramp.ts';

const level = 1000;

/** What a ramp makes of `count` samples of a constant level. */
function ramped(ramp: GainRamp, count: number): Int16Array {
  const samples = new Int16Array(count).fill(level);
  ramp.apply(samples);
  return samples;
}

describe('a gain ramp', () => {
  it('is silent until it is aimed at being heard', () => {
    const ramp = new GainRamp(10);
    expect(ramp.silent).toBe(true);
    expect(ramped(ramp, 5).every((sample) => sample === 0)).toBe(true);
    ramp.aim(true);
    expect(ramp.silent).toBe(false);
  });

  it('goes up and down in a straight line, over several frames too', () => {
    const ramp = new GainRamp(10);
    ramp.aim(true);
    expect([...ramped(ramp, 4), ...ramped(ramp, 8)]).toEqual([
      100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1000, 1000,
    ]);
    ramp.aim(false);
    expect([...ramped(ramp, 3)]).toEqual([900, 800, 700]);
    expect(ramp.silent).toBe(false);
    expect([...ramped(ramp, 8)]).toEqual([600, 500, 400, 300, 200, 100, 0, 0]);
    expect(ramp.silent).toBe(true);
  });

  it('turns back from where it is', () => {
    const ramp = new GainRamp(10);
    ramp.aim(true);
    ramped(ramp, 4);
    ramp.aim(false);
    expect([...ramped(ramp, 5)]).toEqual([300, 200, 100, 0, 0]);
  });

  it('leaves samples as they are at full gain, and makes none louder on the way', () => {
    fc.assert(
      fc.property(fc.array(fc.int16Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 }), (frames) => {
        const ramp = new GainRamp(50);
        ramp.aim(true);
        let passed = 0;
        for (const frame of frames) {
          const before = frame.slice();
          ramp.apply(frame);
          frame.forEach((sample, i) => {
            expect(Math.abs(sample)).toBeLessThanOrEqual(Math.abs(before[i]!));
            if (passed + i > 50) expect(sample).toBe(before[i]);
          });
          passed += frame.length;
        }
      }),
    );
  });

  it('switches at once where it has no length', () => {
    const ramp = new GainRamp(0);
    ramp.aim(true);
    expect([...ramped(ramp, 2)]).toEqual([level, level]);
    ramp.aim(false);
    expect([...ramped(ramp, 2)]).toEqual([0, 0]);
  });

  it('starts from silence again where it was settled', () => {
    const ramp = new GainRamp(4);
    ramp.aim(true);
    ramped(ramp, 10);
    ramp.settle();
    expect([...ramped(ramp, 5)]).toEqual([250, 500, 750, 1000, 1000]);
    ramp.aim(false);
    ramp.settle();
    expect(ramp.silent).toBe(true);
  });
});
