import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultProfile, type Emulator, startEmulator } from '../../emulator/index.ts';
import { findCells } from '../picture/find-cells.ts';
import { BotHost } from './bot-host.ts';
import { nowMs } from './clock.ts';
import { pictureClip } from './picture-clip.ts';
import { decodePictures, PictureDecoder } from './picture-decoder.ts';

const camera = { bot: 7, width: 320, height: 180, fps: 25, seconds: 4 };
const waiting = { timeout: 10_000 };

const config =
  'stream lobby { input mosaic2:// disable_video=false; } template any { prefix ""; input publish://; }';

let emulator: Emulator;
let bots: BotHost;

beforeAll(async () => {
  emulator = await startEmulator({ config, http: [{ port: 0 }] });
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

describe('a member whose publisher has ended', () => {
  it('has a placeholder at once, not a picture that stands still', async () => {
    const [url] = emulator.httpUrls;
    for (const stream of ['goes', 'stays']) {
      const body = JSON.stringify({ command: 'add_stream', args: [stream] });
      await fetch(`${url}/flussonic/api/dynamic_mosaic/lobby`, { method: 'POST', body });
    }
    const goes = await bots.publish(`${url}/goes/whip`, await pictureClip(camera));
    await bots.publish(`${url}/stays/whip`, await pictureClip({ ...camera, bot: 8 }));
    const viewer = await bots.listen(`${url}/lobby/whep`);
    const seen: { arrivalMs: number; bots: number[] }[] = [];
    const decoder = await PictureDecoder.open({
      see: ({ picture, arrivalMs }) => {
        seen.push({ arrivalMs, bots: findCells(picture).map(({ bot }) => bot) });
      },
    });
    const lookUntil = (isThere: () => boolean) =>
      vi.waitUntil(async () => {
        decoder.push(await viewer.takeVideo());
        return isThere();
      }, waiting);
    await lookUntil(() => seen.at(-1)?.bots.length === 2);
    await goes.close();
    const goneMs = nowMs();
    await lookUntil(() => seen.at(-1)?.bots.join() === '8');
    const lastMs = seen.findLast(({ bots }) => bots.includes(camera.bot))!.arrivalMs;
    expect(lastMs - goneMs).toBeLessThan(0.5 * defaultProfile.video.placeholderAfterMs);
    decoder.close();
    await viewer.close();
  });
});
