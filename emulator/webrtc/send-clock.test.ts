import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SendClock } from './send-clock.ts';

describe('SendClock', () => {
  it('goes on without a gap and wraps', () => {
    const clock = new SendClock(65534, 2 ** 32 - 960);
    const numbers = [0, 20, 40, 60].map((nowMs) => clock.next(960, nowMs));
    expect(numbers.map(({ sequenceNumber }) => sequenceNumber)).toEqual([65534, 65535, 0, 1]);
    expect(numbers.map(({ timestamp }) => timestamp)).toEqual([2 ** 32 - 960, 0, 960, 1920]);
    expect(numbers.map(({ marker }) => marker)).toEqual([true, false, false, false]);
  });

  it('follows frames that change their duration', () => {
    const clock = new SendClock(0, 0);
    const timestamps = [480, 960, 2880, 120].map((samples) => clock.next(samples, 0).timestamp);
    expect(timestamps).toEqual([0, 480, 1440, 4320]);
  });

  it('does not mind late and bundled frames', () => {
    const clock = new SendClock(0, 0);
    const timestamps = [0, 900, 900, 901, 1700].map((nowMs) => clock.next(960, nowMs).timestamp);
    expect(timestamps).toEqual([0, 960, 1920, 2880, 3840]);
  });

  it('shows a pause of more than a second, in whole frames, with a marker', () => {
    const clock = new SendClock(10, 1000);
    clock.next(960, 0);
    expect(clock.next(960, 5003)).toEqual({ sequenceNumber: 11, timestamp: 1000 + 250 * 960, marker: true });
    expect(clock.next(960, 5023)).toEqual({ sequenceNumber: 12, timestamp: 1000 + 251 * 960, marker: false });
  });

  it('knows the timestamp of a moment for sender reports', () => {
    const clock = new SendClock(0, 500);
    expect(clock.timestampAt(0)).toBeUndefined();
    clock.next(960, 100);
    expect(clock.timestampAt(100)).toBe(500 + 960);
    expect(clock.timestampAt(110)).toBe(500 + 960 + 480);
  });

  it('stays within its ranges', () => {
    fc.assert(
      fc.property(fc.nat(65535), fc.nat(2 ** 32 - 1), fc.array(fc.nat(100000)), (sequence, start, steps) => {
        const clock = new SendClock(sequence, start);
        let nowMs = 0;
        for (const step of steps) {
          nowMs += step;
          const { sequenceNumber, timestamp } = clock.next(960, nowMs);
          expect(sequenceNumber).toBeLessThan(65536);
          expect(timestamp).toBeLessThan(2 ** 32);
          expect(Number.isInteger(timestamp)).toBe(true);
        }
      }),
    );
  });
});
