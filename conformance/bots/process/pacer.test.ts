import { afterEach, describe, expect, it, vi } from 'vitest';
import { nowNs, Pacer } from './pacer.ts';

let pacer: Pacer | undefined;

afterEach(() => pacer?.stop());

const waiting = { timeout: 5000, interval: 2 };

describe('Pacer', () => {
  it('sends sound and picture each at its own time, in the order of the times, and catches up', async () => {
    const sent: { track: string; frame: number; dueMs: number }[] = [];
    const blockedFrom = nowNs();
    pacer = new Pacer(480, (frame) => sent.push({ track: 'sound', frame, dueMs: (frame + 1) * 10 }), {
      fps: 30,
      send: (frame) => sent.push({ track: 'picture', frame, dueMs: (frame * 1000) / 30 }),
    });
    // A process that is held up.
    while (nowNs() - blockedFrom < 100_000_000n);
    await vi.waitUntil(() => sent.length > 20, waiting);
    for (const track of ['sound', 'picture']) {
      const frames = sent.filter((entry) => entry.track === track).map(({ frame }) => frame);
      expect(frames).toEqual(frames.map((_, index) => index));
    }
    const dueMs = sent.map((entry) => entry.dueMs);
    expect(dueMs).toEqual(dueMs.toSorted((a, b) => a - b));
  });

  it('never sends early, and says how late it is', async () => {
    const early: number[] = [];
    const late: number[] = [];
    const video = { fps: 50, send: (frame: number, lateMs: number) => check(frame * 20, lateMs) };
    const started = new Pacer(960, (frame, lateMs) => check((frame + 1) * 20, lateMs), video);
    pacer = started;
    function check(dueMs: number, lateMs: number): void {
      const sinceMs = Number(nowNs() - started.firstSampleNs) / 1e6;
      if (sinceMs < dueMs) early.push(dueMs);
      late.push(Math.abs(sinceMs - dueMs - lateMs));
    }
    await vi.waitUntil(() => late.length > 12, waiting);
    expect(early).toEqual([]);
    expect(Math.max(...late)).toBeLessThan(5);
  });
});
