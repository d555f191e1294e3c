import { expect, it, vi } from 'vitest';
import { nowMs } from '../../bots/clock.ts';
import { packetsOfBot, viewerOf } from '../../bots/test-viewer.ts';
import { findCells } from '../../picture/find-cells.ts';
import { PictureReader } from './picture-reader.ts';

const { signal } = new AbortController();

it('reads what a viewer got before, while it comes, and at the end', async () => {
  // The second half comes a good while after now, by their times.
  const pictures = (await packetsOfBot(3)).map((packets, n) =>
    packets.map((packet) => ({
      ...packet,
      arrivalNs: BigInt(Math.round((nowMs() + (n < 15 ? 0 : 60_000)) * 1e6)),
    })),
  );
  const viewer = viewerOf(pictures.slice(5), 10);
  const take = vi.spyOn(viewer, 'takeVideo');
  const reader = new PictureReader(viewer, { signal, packets: pictures.slice(0, 5).flat() });
  // Of the two portions the second one is left for the end.
  await vi.waitUntil(() => take.mock.calls.length === 1, { timeout: 10_000 });
  reader.keep();
  const { canvases, kept } = await reader.finish();
  expect(canvases.map(({ cells }) => cells[0]!.frame)).toEqual(Array.from({ length: 25 }, (_, n) => n));
  expect(findCells(kept[0]!)[0]!.frame).toBe(14);
  await reader.close();
});

it('says what fails, the bots or the thread', async () => {
  const takeVideo = vi.fn(() => Promise.reject(new Error('the bots are gone')));
  const lost = new PictureReader({ takeVideo }, { signal });
  await vi.waitUntil(() => takeVideo.mock.calls.length === 1, { timeout: 10_000 });
  await expect(lost.finish()).rejects.toThrow('the bots are gone');
  const hostile = new PictureReader({ takeVideo: async () => [{} as never] }, { signal });
  await expect(hostile.finish()).rejects.toThrow(TypeError);
});

it('is given up with the run', async () => {
  const ending = new AbortController();
  const reader = new PictureReader(viewerOf([], 1), { signal: ending.signal });
  ending.abort();
  await expect(reader.finish()).rejects.toThrow('aborted');
  await reader.close();
  await reader.close();
});
