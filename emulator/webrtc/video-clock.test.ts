import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VideoClock } from './video-clock.ts';

describe('VideoClock', () => {
  it('follows its source from a start of its own, over both wraps', () => {
    const clock = new VideoClock(2 ** 32 - 3600);
    const source = [2 ** 32 - 3600 * 2, 2 ** 32 - 3600, 0, 3600, 7200];
    expect(source.map((timestamp, index) => clock.next(timestamp, index * 40))).toEqual([
      2 ** 32 - 3600,
      0,
      3600,
      7200,
      10800,
    ]);
  });

  it('takes timestamps that never wrap', () => {
    const clock = new VideoClock(0);
    expect(
      [2 ** 32 - 3600, 2 ** 32, 2 ** 32 + 3600].map((timestamp, i) => clock.next(timestamp, i * 40)),
    ).toEqual([0, 3600, 7200]);
  });

  it('keeps to the source’s steps where pictures are sent late', () => {
    const clock = new VideoClock(0);
    const sentMs = [0, 95, 96, 97, 160];
    expect(sentMs.map((nowMs, index) => clock.next(index * 3600, nowMs))).toEqual([
      0, 3600, 7200, 10800, 14400,
    ]);
  });

  it('goes on by the time that passed where the source changes, forward or back', () => {
    const clock = new VideoClock(100);
    clock.next(0, 0);
    expect(clock.next(1_000_000_000, 40)).toBe(100 + 3600);
    expect(clock.next(1_000_003_600, 80)).toBe(100 + 7200);
    expect(clock.next(999_990_000, 120)).toBe(100 + 10800);
    expect(clock.next(999_993_600, 160)).toBe(100 + 14400);
  });

  it('shows a pause of the source as long as it was', () => {
    const clock = new VideoClock(0);
    clock.next(0, 0);
    expect(clock.next(5 * 90000, 5003)).toBe(5 * 90000);
  });

  it('knows the timestamp of a moment', () => {
    const clock = new VideoClock(500);
    expect(clock.timestampAt(0)).toBeUndefined();
    clock.next(12345, 100);
    expect(clock.timestampAt(100)).toBe(500);
    expect(clock.timestampAt(110)).toBe(1400);
  });

  it('never goes back, and stays within its range', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 32 - 1),
        fc.array(fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 5000 }))),
        (first, pictures) => {
          const clock = new VideoClock(first);
          let nowMs = 0;
          let last: number | undefined;
          for (const [timestamp, stepMs] of pictures) {
            nowMs += stepMs;
            const next = clock.next(timestamp, nowMs);
            expect(Number.isInteger(next) && next >= 0 && next < 2 ** 32).toBe(true);
            if (last !== undefined) expect((next - last) | 0).toBeGreaterThanOrEqual(0);
            last = next;
          }
        },
      ),
    );
  });
});
