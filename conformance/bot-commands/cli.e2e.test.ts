import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readWav } from '../../media/wav.ts';
import { levelDbfs } from '../analysis/level.ts';
import { floatFromInt16 } from '../analysis/samples.ts';
import { ApiClient } from '../http/api-client.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { emulatorWith } from '../record/test-emulator.ts';
import { killRunning, mosaic2, targetOption } from '../run/testing-command.ts';
import { startEmbeddedTarget } from '../targets/embedded.ts';
import type { Target } from '../targets/target.ts';
import { urlTarget } from '../targets/url.ts';

let folder: string;
let target: Target;
let api: ApiClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-bots-'));
  target = await startEmbeddedTarget(undefined, { https: true });
  api = new ApiClient(target);
});

afterEach(killRunning);

afterAll(async () => {
  await target.close();
  await rm(folder, { recursive: true });
});

async function rooms(): Promise<readonly string[]> {
  return roomNamesOf((await api.manager('list_room', [])).json)!;
}

async function membersOf(room: string): Promise<unknown> {
  return (await api.room(room, 'stat', [])).json;
}

async function bytesSentFrom(stream: string): Promise<number> {
  const { json } = await api.request('/flussonic/api/sessions');
  const { sessions } = json as { sessions: { name: string; bytes_sent?: number }[] };
  return sessions.find(({ name }) => name === stream)?.bytes_sent ?? 0;
}

/** Fills a room and waits until the bots are there. */
async function fill(room: string, ...args: string[]) {
  const bots = mosaic2('bots', '--target', targetOption(target), '--insecure', '--room', room, ...args);
  await vi.waitUntil(() => /-bot-2 sends .* track a\d/.test(bots.output.out) || bots.output.err !== '', {
    timeout: 20_000,
  });
  expect(bots.output.err).toBe('');
  return bots;
}

describe('mosaic2 bots', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves at %s and takes the room it has made with it',
    async (signal) => {
      const before = await rooms();
      const bots = await fill('visit', '--count', '2');
      expect(await membersOf('visit')).toEqual({ count: 3, clients: ['all', 'visit-bot-1', 'visit-bot-2'] });
      bots.child.kill(signal);
      expect(await bots.exit).toBe(0);
      expect(await rooms()).toEqual(before);
    },
  );

  it('leaves a room that was there before, and whose name is part of another one’s', async () => {
    await api.manager('add_room', ['guests and more']);
    await api.manager('add_room', ['guests']);
    const bots = await fill('guests', '--count', '2');
    bots.child.kill('SIGINT');
    expect(await bots.exit).toBe(0);
    expect(await membersOf('guests')).toEqual({ count: 1, clients: ['all'] });
  });

  it('sends recorded pictures of all shapes with --picture samples', async () => {
    const bots = await fill('samples', '--count', '2', '--picture', 'samples');
    expect(bots.output.out).toMatch(/samples-bot-1 sends .* and the picture balls-4x3;/);
    expect(bots.output.out).toMatch(/samples-bot-2 sends .* and the picture waves-16x9;/);
    bots.child.kill('SIGINT');
    expect(await bots.exit).toBe(0);
  });

  it('takes --picture alone for painted ones, and no other kind', async () => {
    const bots = await fill('painted', '--count', '2', '--picture', '--seconds', '0.1');
    expect(bots.output.out).toMatch(/painted-bot-1 sends .* and a picture;/);
    expect(await bots.exit).toBe(0);
    const wrong = mosaic2('bots', '--target', targetOption(target), '--room', 'x', '--picture', 'films');
    expect(await wrong.exit).toBe(2);
    expect(wrong.output.err).toMatch(/painted, samples/);
  });

  it('runs a part of the bots with --shard, and leaves the room to the others', async () => {
    const start = (shard: string, last: number) => {
      const bots = mosaic2(
        ...['bots', '--target', targetOption(target), '--insecure', '--room', 'crowd', '--count', '3'],
        ...['--shard', shard],
      );
      const joined = () => bots.output.out.includes(`crowd-bot-${last} sends`) || bots.output.err !== '';
      return vi.waitUntil(joined, { timeout: 20_000 }).then(() => bots);
    };
    const first = await start('1/2', 1);
    const second = await start('2/2', 3);
    expect(await membersOf('crowd')).toMatchObject({
      clients: ['all', 'crowd-bot-1', 'crowd-bot-2', 'crowd-bot-3'],
    });
    const sounds = `${first.output.out}${second.output.out}`.match(/sends \S+/g);
    expect(new Set(sounds).size).toBe(3);
    first.child.kill('SIGINT');
    expect(await first.exit).toBe(0);
    expect(await membersOf('crowd')).toMatchObject({ clients: ['all', 'crowd-bot-2', 'crowd-bot-3'] });
    second.child.kill('SIGINT');
    expect(await second.exit).toBe(0);
  });

  it.each([
    [['--count', '2', '--shard', '1/3'], /at least 3 bots/],
    [['--count', '100'], /at most 64 bots/],
    [['--shard', '3'], /A shard is/],
  ])('exits with 2 and a sentence for %j', async (args, message) => {
    const bots = mosaic2('bots', '--target', targetOption(target), '--insecure', '--room', 'x', ...args);
    expect(await bots.exit).toBe(2);
    expect(bots.output.err).toMatch(message);
  });

  it('come into the only room there is, where rooms have no names in paths', async () => {
    const profile = join(folder, 'only-room.json');
    await writeFile(profile, JSON.stringify({ rooms: { namesInPath: false } }));
    const url = await emulatorWith(folder, profile);
    const bots = mosaic2('bots', '--target', url, '--room', 'pictures', '--count', '1');
    await vi.waitUntil(() => bots.output.out.includes(' sends ') || bots.output.err !== '', {
      timeout: 20_000,
    });
    expect(bots.output.err).toBe('');
    const only = new ApiClient(urlTarget(url));
    expect((await only.roomAt('room', 'stat', [])).json).toMatchObject({
      clients: ['all', 'pictures-bot-1'],
    });
    bots.child.kill('SIGINT');
    expect(await bots.exit).toBe(0);
    expect((await only.roomAt('room', 'stat', [])).json).toMatchObject({ clients: ['all'] });
  });

  it('leaves by itself after so many seconds', async () => {
    const bots = await fill('short', '--count', '2', '--seconds', '0.1');
    expect(await bots.exit).toBe(0);
    expect(await rooms()).not.toContain('short');
  });
});

describe('mosaic2 listen', () => {
  const listen = (...args: string[]) =>
    mosaic2('listen', '--target', targetOption(target), '--insecure', ...args);

  it('keeps what it has heard when it is ended early', async () => {
    const bots = await fill('heard', '--count', '2');
    const out = join(folder, 'heard.wav');
    const listener = listen('--room', 'heard', '--seconds', '600', '--out', out);
    await vi.waitUntil(async () => (await bytesSentFrom('heard')) > 10_000, { timeout: 20_000 });
    listener.child.kill('SIGINT');
    expect(await listener.exit).toBe(0);
    expect(listener.output.out).toMatch(/^heard a1: \d+ packets, 0 lost, -\d+\.\d dBFS\n$/);
    const { samples, sampleRateHz } = readWav(await readFile(out));
    expect(sampleRateHz).toBe(48_000);
    expect(samples.length).toBeGreaterThan(10 * 960);
    expect(levelDbfs(floatFromInt16(samples))).toBeGreaterThan(-40);
    bots.child.kill('SIGINT');
    await bots.exit;
  });

  it('hears over WebSocket what bots send over WebSocket', async () => {
    const over = ['--signalling', 'websocket'];
    const bots = await fill('older', '--count', '2', ...over);
    expect(bots.output.out).toMatch(
      /^older-bot-1 sends .* over WebSocket; everybody else is in its track a\d/,
    );
    const listener = listen('--room', 'older', '--track', 'a2', '--seconds', '0.2', ...over);
    expect(await listener.exit).toBe(0);
    expect(listener.output.out).toMatch(/^older a2 over WebSocket: \d+ packets, 0 lost, -\d+\.\d dBFS\n$/);
    bots.child.kill('SIGINT');
    expect(await bots.exit).toBe(0);
    expect(await rooms()).not.toContain('older');
  });

  it('keeps as many seconds as it is told', async () => {
    const out = join(folder, 'half.wav');
    const listener = listen('--room', 'configured/defaults', '--seconds', '0.5', '--out', out);
    expect(await listener.exit).toBe(0);
    const seconds = readWav(await readFile(out)).samples.length / 48_000;
    expect(seconds).toBeGreaterThanOrEqual(0.5);
    expect(seconds).toBeLessThan(1);
  });
});

describe('bots and listen', () => {
  it('exit with 2 and one sentence where it cannot be done', async () => {
    const url = targetOption(target);
    const wav = join(folder, 'nothing.wav');
    const cases: [string[], RegExp][] = [
      [['bots', '--target', 'http://user:secret@127.0.0.1:1', '--room', 'x'], /nobody answers/],
      [['bots', '--target', 'http://user:secret%@h', '--room', 'x'], /%25/],
      [['bots', '--target', url, '--insecure', '--room', '../x'], /add_room answered 400/],
      [['bots', '--target', url, '--room', 'x'], /certificate/],
      [['listen', '--target', 'http://user:secret@127.0.0.1:2', '--room', 'x', '--out', wav], /ECONNREFUSED/],
      [['listen', '--target', url, '--insecure', '--room', 'nobody', '--out', wav], /404/],
      [['listen', '--target', url, '--insecure', '--room', 'x', '--out', '/dev/null/x'], /cannot be written/],
    ];
    const runs = cases.map(async ([args, message]) => {
      const { exit, output } = mosaic2(...args);
      expect({ args, code: await exit }).toEqual({ args, code: 2 });
      expect(output.err).toMatch(message);
      expect(output.err.trim().split('\n')).toHaveLength(1);
      expect(output.err).not.toContain('secret');
    });
    await Promise.all(runs);
    expect(await readdir(folder)).not.toContain('nothing.wav');
  });
});
