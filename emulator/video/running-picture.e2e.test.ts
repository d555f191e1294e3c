import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EncodedVideoFrame } from './room-viewers.ts';
import { RunningPicture } from './running-picture.ts';
import { red, smallCanvas, TestMember } from './test-room.ts';

const open: { close(): void | Promise<void> }[] = [];

function start() {
  const picture = new RunningPicture(smallCanvas);
  const anna = new TestMember('anna', red);
  picture.addMember('anna');
  const publishing = setInterval(() => {
    for (const packet of anna.packets()) picture.push('anna', packet, performance.now());
  }, 40);
  open.push(picture, anna, { close: () => clearInterval(publishing) });
  return picture;
}

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

describe('RunningPicture', () => {
  it('gives a new viewer a keyframe within 500 ms, and frames at the pace of the profile', async () => {
    const picture = start();
    const warm = picture.watch(() => undefined);
    await vi.waitFor(() => expect(picture.stats.framesSent).toBeGreaterThan(3), 5000);

    const frames: EncodedVideoFrame[] = [];
    const arrivals: number[] = [];
    const startedMs = performance.now();
    const viewer = picture.watch((frame) => {
      frames.push(frame);
      arrivals.push(performance.now());
    });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(25), 5000);
    expect(frames[0]!.keyframe).toBe(true);
    expect(arrivals[0]! - startedMs).toBeLessThan(500);
    const lengths = frames.slice(1).map((frame, i) => frame.capturedMs - frames[i]!.capturedMs);
    expect(lengths.every((ms) => ms >= 39 && Math.abs(ms / 40 - Math.round(ms / 40)) < 0.05)).toBe(true);

    viewer.close();
    warm.close();
    const { framesSent } = picture.stats;
    expect(picture.stats.viewers).toBe(0);
    await picture.close();
    expect(picture.stats.framesSent).toBeLessThanOrEqual(framesSent + 1);
  });

  it('makes a snapshot that is up to date where the only viewer cannot take pictures yet', async () => {
    const picture = start();
    const sink = vi.fn();
    picture.watch(sink, () => false);
    await vi.waitFor(() => expect(picture.memberStats('anna')!.accessUnits).toBeGreaterThan(2), 5000);
    const file = await picture.snapshot();
    expect(file.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(picture.memberStats('anna')!.pictures).toBeGreaterThan(0);
    expect(sink).not.toHaveBeenCalled();
  });

  it('makes a snapshot of a room that nobody watches', async () => {
    const picture = start();
    await vi.waitFor(() => expect(picture.memberStats('anna')!.accessUnits).toBeGreaterThan(2), 5000);
    const file = await picture.snapshot();
    expect(file.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(picture.memberStats('anna')!.pictures).toBeGreaterThan(0);
  });
});
