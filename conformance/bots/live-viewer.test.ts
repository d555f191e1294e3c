import { describe, expect, it } from 'vitest';
import { nowMs } from './clock.ts';
import { LiveViewer } from './live-viewer.ts';
import { packetsOfBot, viewerOf } from './test-viewer.ts';

const shows = (bot: number) => (canvas: { readonly cells: readonly { readonly bot: number }[] }) =>
  canvas.cells.some((cell) => cell.bot === bot);

describe('LiveViewer', () => {
  it('waits until what is shown has been right for a while', async () => {
    const live = await LiveViewer.open(viewerOf(await packetsOfBot(3), 5), {
      readEveryMs: 150,
      searchAll: true,
    });
    const canvas = await live.waitUntil(shows(3), { steadyMs: 400, patienceMs: 10_000 });
    // Read at 0, 160, 320 and 480 ms; pictures come five at a time.
    expect(canvas).toMatchObject({ arrivalMs: 480, timestamp: 12 * 3600, keyframe: false });
    expect(live.times.length).toBe(15);
    expect(live.newest?.cells.map(({ bot }) => bot)).toEqual([3]);
    expect(live.newest?.picture).toMatchObject({ width: 320, height: 180 });
    expect(live.summary).toMatchObject({ pictures: 15, damaged: 0 });
    live.close();
    live.close();
  });

  it('reads all pictures, and asks for none after the first that is right', async () => {
    const live = await LiveViewer.open(viewerOf(await packetsOfBot(3), 5));
    const asked: number[] = [];
    const isThird = ({ timestamp }: { readonly timestamp: number }) => asked.push(timestamp / 3600) === 3;
    expect(await live.waitUntil(isThird, { patienceMs: 10_000 })).toMatchObject({ timestamp: 2 * 3600 });
    expect(asked).toEqual([0, 1, 2]);
    expect(live.newest?.timestamp).toBe(4 * 3600);
    live.close();
  });

  it('waits no longer where the run ends', async () => {
    const ending = new AbortController();
    const live = await LiveViewer.open(viewerOf(await packetsOfBot(3), 5), { signal: ending.signal });
    const isRight = () => {
      ending.abort();
      return false;
    };
    expect(await live.waitUntil(isRight, { patienceMs: 3_600_000 })).toBeUndefined();
    live.close();
  });

  it('gives up when patience ends, with the canvas that was shown last', async () => {
    const live = await LiveViewer.open(viewerOf(await packetsOfBot(3), 10));
    const startedMs = nowMs();
    expect(await live.waitUntil(shows(4), { patienceMs: 500 })).toBeUndefined();
    expect(nowMs() - startedMs).toBeGreaterThanOrEqual(500);
    expect(live.newest?.cells.map(({ bot }) => bot)).toEqual([3]);
    live.close();
  });
});
