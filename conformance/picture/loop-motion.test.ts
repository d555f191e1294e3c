import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loopMotion } from './loop-motion.ts';

const canvasMs = 40;

/** What is seen of a loop in a canvas of 25 pictures a second. */
function seenOf({ fps, loopFrames = 60, seconds = 4, speed = 1 }: SeenOptions) {
  return Array.from({ length: (seconds * 1000) / canvasMs }, (_, n) => ({
    frame: Math.floor((n * canvasMs * fps * speed) / 1000 + 1e-9) % loopFrames,
    arrivalMs: 500 + n * canvasMs,
  }));
}

interface SeenOptions {
  readonly fps: number;
  readonly loopFrames?: number;
  readonly seconds?: number;
  readonly speed?: number;
}

describe('how a loop moves in a canvas', () => {
  it('is its own rate, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 60, noNaN: true }),
        fc.integer({ min: 18, max: 200 }),
        (fps, loop) => {
          const motion = loopMotion(seenOf({ fps, loopFrames: loop }), loop)!;
          expect(motion.passedPerSecond / fps).toBeCloseTo(1, 1);
          expect(motion.shownPerSecond).toBeLessThanOrEqual(25 + 1e-9);
          expect(motion.shownPerSecond).toBeGreaterThan(0.9 * Math.min(fps, 25));
          expect(motion.backwardSteps).toBe(0);
        },
      ),
    );
  });

  it('is seen where it is shown at double speed, or at half', () => {
    const rate = (speed: number) => loopMotion(seenOf({ fps: 12.5, speed }), 60)!.passedPerSecond;
    expect(rate(2)).toBeCloseTo(25, 0);
    expect(rate(0.5)).toBeCloseTo(6.25, 0);
  });

  it('shows fewer pictures where half of the time it stands still, at the same rate', () => {
    const halting = seenOf({ fps: 25 }).map((one, n, all) => ({
      ...one,
      frame: all[n - (n % 10 < 5 ? 0 : (n % 10) - 4)]!.frame,
    }));
    const motion = loopMotion(halting, 60)!;
    expect(motion.passedPerSecond).toBeCloseTo(25, 0);
    expect(motion.shownPerSecond).toBeLessThan(15);
  });

  it('hardly minds pictures that come late', () => {
    const late = seenOf({ fps: 12.5 }).map((one, n, all) => {
      return n < 8 ? { ...one, arrivalMs: all[8]!.arrivalMs - 8 + n } : one;
    });
    expect(Math.abs(loopMotion(late, 60)!.passedPerSecond / 12.5 - 1)).toBeLessThan(0.05);
  });

  it('counts steps back, but not the seam of the loop', () => {
    const seen = seenOf({ fps: 25, loopFrames: 50 });
    const swapped = [...seen.slice(0, 30), seen[31]!, seen[30]!, ...seen.slice(32)];
    expect(loopMotion(seen, 50)!.backwardSteps).toBe(0);
    expect(loopMotion(swapped, 50)!.backwardSteps).toBe(1);
  });

  it('is unknown where it does not move, or is not there', () => {
    expect(loopMotion([], 50)).toBeUndefined();
    expect(loopMotion([{ frame: 1, arrivalMs: 0 }], 50)).toBeUndefined();
    expect(loopMotion(seenOf({ fps: 0 }), 50)).toBeUndefined();
  });
});
