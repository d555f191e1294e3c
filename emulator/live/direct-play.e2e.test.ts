import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BotHost } from '../../conformance/bots/bot-host.ts';
import { pictureClip } from '../../conformance/bots/picture-clip.ts';
import { decodePictures } from '../../conformance/bots/picture-decoder.ts';
import { findCells } from '../../conformance/picture/find-cells.ts';
import { type Emulator, startEmulator } from '../index.ts';

const camera = { bot: 7, width: 320, height: 180, fps: 25, seconds: 4 };
const waiting = { timeout: 10_000 };

let emulator: Emulator;
let bots: BotHost;

beforeAll(async () => {
  emulator = await startEmulator({ http: [{ port: 0 }] });
  bots = new BotHost();
});

afterAll(async () => {
  await bots.close();
  await emulator.close();
});

describe('a published stream that is played directly', () => {
  it('shows its picture as it was sent, and has its sound', async () => {
    const [url] = emulator.httpUrls;
    await bots.publish(`${url}/camera/whip`, await pictureClip(camera));
    const viewer = await bots.listen(`${url}/camera/whep`);
    expect(viewer.hasVideo).toBe(true);
    await vi.waitUntil(async () => (await viewer.countVideo()) > 60 && (await viewer.count()) > 60, waiting);
    const seen: number[] = [];
    const summary = await decodePictures(await viewer.takeVideo(), ({ picture }) => {
      seen.push(...findCells(picture).map(({ bot }) => bot));
    });
    expect(summary.damaged).toBe(0);
    expect(summary.pictures).toBeGreaterThan(10);
    expect(seen).toEqual(new Array(summary.pictures).fill(camera.bot));
    const info = (await (await fetch(`${url}/camera/media_info.json`)).json()) as { tracks: object[] };
    expect(info.tracks).toEqual([
      expect.objectContaining({ track_id: 'v1', content: 'video', codec: 'h264', width: 320, height: 180 }),
      expect.objectContaining({ track_id: 'a1', content: 'audio', codec: 'opus' }),
    ]);
    await viewer.close();
  });
});
