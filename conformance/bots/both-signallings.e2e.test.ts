import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultProfile, type Emulator, startEmulator } from '../../emulator/index.ts';
import { levelsOf } from '../analysis/tone-levels.ts';
import { ApiClient } from '../http/api-client.ts';
import { trackIdOf } from '../http/track-id.ts';
import { urlTarget } from '../targets/url.ts';
import { BotHost, type ListenerBot } from './bot-host.ts';
import { collectRecordings, lastSeconds, waitForSound } from './collect.ts';
import { pictureClip } from './picture-clip.ts';
import { decodePictures } from './picture-decoder.ts';
import type { ReceivedVideoPacket } from './process/messages.ts';
import { toneSignature } from './signatures/catalogue.ts';
import { quietDbfs } from './signatures/render.ts';
import { toneClip } from './tone-clip.ts';

const waiting = { timeout: 15_000, interval: 50 };
const camera = { bot: 3, width: 320, height: 180, fps: 25, seconds: 4 };
/** Half a second, after what is left of a change. */
const seconds = 1.2;

const config = `
http 127.0.0.1:0;
https 127.0.0.1:0;
edit_auth user pass;
stream lobby { input mosaic2:// disable_video=false; }
stream guarded { input publish://; password secret; }
template any { prefix ""; input publish://; }
`;

let emulator: Emulator;

beforeAll(async () => {
  const { sessions } = defaultProfile;
  emulator = await startEmulator({
    config,
    profile: { ...defaultProfile, sessions: { ...sessions, lostTimeoutMs: 7000 } },
  });
});

afterAll(() => emulator.close());

describe.each(['whip', 'websocket'] as const)('bots that agree by %s', (signalling) => {
  const alice = toneClip('alice', toneSignature(1), quietDbfs);
  const bob = toneClip('bob', toneSignature(2), quietDbfs);
  const url = () => emulator.httpUrls[0]!;
  let api: ApiClient;
  let bots: BotHost;
  let room: string;

  beforeAll(() => {
    api = new ApiClient(urlTarget(url().replace('//', '//user:pass@')));
    bots = new BotHost({ signalling });
    room = `room-${signalling}`;
  });

  afterAll(() => bots.close());

  const nameOf = (label: string) => `${label}-${signalling}`;

  async function join(label: string, to = room): Promise<string> {
    const { json } = await api.room(to, 'add_stream', [nameOf(label)]);
    return trackIdOf(json)!;
  }

  async function heard(listener: ListenerBot): Promise<number[]> {
    await waitForSound([listener], seconds);
    const [recording] = await collectRecordings([listener]);
    return levelsOf(lastSeconds(recording!, 0.5), [alice.sent, bob.sent]).map(({ gainDb }) => gainDb);
  }

  it('hear everybody but themselves in their own track, and change tracks', async () => {
    await api.manager('add_room', [room]);
    const [aliceTrack, bobTrack] = [await join('alice'), await join('bob')];
    await bots.publish(api.streamUrl(nameOf('alice'), 'whip'), alice.clip);
    await bots.publish(api.streamUrl(nameOf('bob'), 'whip'), bob.clip);
    const listener = await bots.listen(api.streamUrl(room, 'whep', `?start_track=${aliceTrack}`));
    const [aliceDb, bobDb] = await heard(listener);
    expect(aliceDb).toBeLessThan(-50);
    expect(bobDb).toBeGreaterThan(-12);
    expect(await listener.select([bobTrack])).toMatchObject({ accepted: true });
    await waitForSound([listener], seconds);
    const [aliceInBob, bobInBob] = await heard(listener);
    expect(aliceInBob).toBeGreaterThan(-12);
    expect(bobInBob).toBeLessThan(-50);
    expect(bots.signalling).toBe(signalling);
    await listener.close();
  });

  it('see the picture that others send', async () => {
    const to = 'lobby';
    await join('camera', to);
    const publisher = await bots.publish(api.streamUrl(nameOf('camera'), 'whip'), await pictureClip(camera));
    expect(publisher.hasVideo).toBe(true);
    const viewer = await bots.listen(api.streamUrl(to, 'whep'));
    expect(viewer.hasVideo).toBe(true);
    const seen: ReceivedVideoPacket[] = [];
    await vi.waitUntil(async () => {
      seen.push(...(await viewer.takeVideo()));
      return new Set(seen.map(({ timestamp }) => timestamp)).size > 15;
    }, waiting);
    const summary = await decodePictures(seen, () => {});
    expect(summary).toMatchObject({ damaged: 0 });
    expect(summary.pictures).toBeGreaterThan(10);
    const deaf = await bots.listen(api.streamUrl(to, 'whep'), { video: false });
    expect(deaf.hasVideo).toBe(false);
    await waitForSound([deaf], 0.1);
    expect(await deaf.countVideo()).toBe(0);
    await Promise.all([publisher, viewer, deaf].map((bot) => bot.close()));
    await api.room(to, 'remove_stream', [nameOf('camera')]);
  });

  it('leave with a goodbye, or vanish', async () => {
    const stream = nameOf('leaver');
    const isAlive = async () => {
      const { json } = await api.request(`/streamer/api/v3/streams/${stream}`);
      return (json as { stats?: { alive?: boolean } } | undefined)?.stats?.alive === true;
    };
    const polite = await bots.publish(api.streamUrl(stream, 'whip'), alice.clip);
    await vi.waitUntil(isAlive, waiting);
    await polite.close();
    expect(await isAlive()).toBe(false);
    const abrupt = await bots.publish(api.streamUrl(stream, 'whip'), alice.clip);
    await vi.waitUntil(isAlive, waiting);
    await abrupt.abandon();
    // Nobody has said anything: the server has to notice by itself.
    expect(await isAlive()).toBe(true);
    await vi.waitUntil(async () => !(await isAlive()), waiting);
  });

  it('say goodbye and stay, and need no second one when they go', async () => {
    const stream = nameOf('stayer');
    const isPlayed = async () => {
      const { status, json } = await api.request(`/${stream}/media_info.json`);
      return status === 200 && (json as { tracks: unknown[] }).tracks.length > 0;
    };
    const publisher = await bots.publish(api.streamUrl(stream, 'whip'), alice.clip);
    await vi.waitUntil(isPlayed, waiting);
    const listener = await bots.listen(api.streamUrl(stream, 'whep'));
    await waitForSound([listener], 0.1);
    await Promise.all([listener, publisher].map((bot) => bot.sayGoodbye()));
    await vi.waitUntil(async () => !(await isPlayed()), waiting);
    await Promise.all([listener, publisher].map((bot) => bot.close()));
  });

  it('are told why they are refused', async () => {
    const refusals = {
      whip: [/HTTP 403: .*password/, /HTTP 404: /],
      websocket: [/WebSocket ws:.*: forbidden: .*password/, /WebSocket ws:.*: unknown-stream: /],
    }[signalling];
    const guarded = (query: string) => bots.publish(api.streamUrl('guarded', 'whip', query), alice.clip);
    await expect(guarded('?password=wrong')).rejects.toThrow(refusals[0]);
    await expect(guarded('?password=wrong')).rejects.not.toThrow('wrong');
    await expect(bots.listen(api.streamUrl('nobody/knows', 'whep'))).rejects.toThrow(refusals[1]);
    await (await guarded('?password=secret')).close();
  });

  it('take a self-signed certificate where they are told to, and only there', async () => {
    const secure = `${emulator.httpsUrls[0]}/${room}/whep`;
    await expect(bots.listen(secure)).rejects.toThrow(/self-signed/);
    const trusting = new BotHost({ insecure: true, signalling });
    try {
      const listener = await trusting.listen(secure);
      await waitForSound([listener], 0.1);
    } finally {
      await trusting.close();
    }
  });
});
