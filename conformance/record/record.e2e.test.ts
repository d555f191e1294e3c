import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseProfile } from '../../emulator/index.ts';
import { ApiClient } from '../http/api-client.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { rgbToYuv } from '../picture/colour-space.ts';
import { killRunning, mosaic2 } from '../run/testing-command.ts';
import { expectedProfile } from '../targets/profile.ts';
import { urlTarget } from '../targets/url.ts';
import { probes } from './fields.ts';
import { emulatorWith } from './test-emulator.ts';
import { otherServers } from './test-other-servers.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-record-'));
});

afterEach(killRunning);

afterAll(() => rm(folder, { recursive: true }));

/** A recording takes half a minute, and longer on a busy machine. */
const patient = { timeout: 120_000 };

function record(target: string, out: string, ...more: string[]) {
  return mosaic2('record', '--target', target, '--out', out, ...more);
}

/** Colours that are the same in a picture are the same. */
function comparable(path: string, value: unknown): unknown {
  if (path !== 'video.background') return value;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(String(value).slice(at, at + 2), 16));
  return rgbToYuv({ red: red!, green: green!, blue: blue! });
}

async function recoveredOf(file: string) {
  const text = await readFile(file, 'utf8');
  const { recorded } = JSON.parse(text) as {
    recorded: { fields: Record<string, { evidence: string[] }>; unknown: Record<string, string> };
  };
  // Read as the emulator reads it.
  parseProfile(text, file);
  return { text, ...recorded, ...(await expectedProfile(text, file)) };
}

describe('mosaic2 record', () => {
  it.each(Object.entries({ plain: {}, ...otherServers }))(
    'recovers every field of the server %s',
    patient,
    async (name, overrides) => {
      const profileFile = join(folder, `${name}.json`);
      await writeFile(profileFile, JSON.stringify(overrides));
      const target = await emulatorWith(folder, profileFile);
      const out = join(folder, `${name}-recorded.json`);
      const { exit, output } = record(target, out, '--room', 'pictures');
      expect([await exit, output.err]).toEqual([0, '']);

      const wanted = await expectedProfile(JSON.stringify(overrides), name);
      const { fields, values, text } = await recoveredOf(out);
      for (const path of probes.flatMap((probe) => probe.fields)) {
        expect(fields, path).toHaveProperty([path]);
        expect(fields[path]!.evidence, path).not.toEqual([]);
        expect([path, comparable(path, values.get(path))]).toEqual([
          path,
          comparable(path, wanted.values.get(path)),
        ]);
      }
      expect(text).not.toMatch(/user:pass|dXNlcjpwYXNz/);
      const rooms = await new ApiClient(urlTarget(target)).manager('list_room', []);
      expect(roomNamesOf(rooms.json)).toEqual(['pictures']);
    },
  );

  it('says what it could not see where nobody names a room with a picture', async () => {
    const target = await emulatorWith(folder);
    const out = join(folder, 'no-room.json');
    const { exit, output } = record(target, out, '--prefix', 'chat/');
    expect(await exit).toBe(0);
    const { unknown } = await recoveredOf(out);
    expect(unknown['video.fps']).toContain('--room');
    expect(output.out).toContain('--room');
  });

  it('finds out that calls go to the only room there is, and calls that', patient, async () => {
    const profileFile = join(folder, 'only-room.json');
    await writeFile(
      profileFile,
      JSON.stringify({ rooms: { namesInPath: false, firstMemberTrackNumber: 9 } }),
    );
    const target = await emulatorWith(folder, profileFile, 'http 127.0.0.1:0; edit_auth user pass;');
    const out = join(folder, 'only-room-recorded.json');
    expect(await record(target, out).exit).toBe(0);
    const { fields, values } = await recoveredOf(out);
    const wanted = { 'rooms.namesInPath': false, 'rooms.firstMemberTrackNumber': 9, 'rooms.maxMembers': 64 };
    for (const [path, value] of Object.entries(wanted)) {
      expect(fields).toHaveProperty([path]);
      expect([path, values.get(path)]).toEqual([path, value]);
    }
  });

  it('removes all it has made, and writes nothing, when it is ended early', async () => {
    const target = await emulatorWith(folder);
    const out = join(folder, 'ended.json');
    const { child, exit, output } = record(target, out, '--room', 'pictures');
    const api = new ApiClient(urlTarget(target));
    const rooms = async () => roomNamesOf((await api.manager('list_room', [])).json)!;
    await vi.waitFor(() => expect(output.out).toContain('muting'), { timeout: 30_000 });
    await vi.waitFor(async () => expect((await rooms()).length).toBeGreaterThan(1), { timeout: 10_000 });
    child.kill('SIGINT');
    expect(await exit).toBe(2);
    expect(output.err).toContain('nothing is written');
    expect(await rooms()).toEqual(['pictures']);
    await expect(access(out)).rejects.toThrow();
  });

  it('takes a server that answers nonsense for what it is', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', server: 'x'.repeat(400) }).end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const out = join(folder, 'nonsense.json');
      const target = `http://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { exit, output } = record(target, out);
      expect([await exit, output.err]).toEqual([0, '']);
      const { fields, unknown } = await recoveredOf(out);
      expect(Object.keys(fields)).toEqual(['answers.addRoom']);
      expect(unknown['server.header']).toContain('255');
    } finally {
      server.close();
    }
  });

  it.each([
    ['whip', /whip$/],
    ['websocket', /^WebSocket /],
  ])('lets its bots connect by %s where it is told to', async (signalling, asked) => {
    const asks: string[] = [];
    const server = createServer((request, response) => {
      if (/\/whi?e?p\b/.test(request.url!)) asks.push(request.url!);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    server.on('upgrade', ({ url }, socket) => {
      asks.push(`WebSocket ${url}`);
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const out = join(folder, `${signalling}.json`);
      const target = `http://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { exit, output } = record(target, out, '--signalling', signalling);
      expect([await exit, output.err]).toEqual([0, '']);
      expect(asks).not.toEqual([]);
      for (const ask of asks) expect(ask).toMatch(asked);
    } finally {
      server.close();
    }
  });

  it.each([
    ['no target', ['--out', 'x'], '--target'],
    ['no file', ['--target', 'http://127.0.0.1:1'], '--out'],
    ['a target that is none', ['--target', 'media', '--out', join(tmpdir(), 'm2-x.json')], 'no such URL'],
    ['a room without a name', ['--target', 'http://h', '--out', 'x', '--room', ' '], 'A room is a name'],
    [
      'a prefix that is none',
      ['--target', 'http://h', '--out', 'x', '--prefix', '../'],
      'A prefix has letters',
    ],
    [
      'a signalling that is none',
      ['--target', 'http://h', '--out', 'x', '--signalling', 'sip'],
      'whip, websocket, auto',
    ],
    ['a folder for a file', ['--target', 'http://127.0.0.1:1', '--out', tmpdir()], 'cannot be written'],
  ])('exits with 2 and a sentence for %s', async (_what, args, message) => {
    const { exit, output } = mosaic2('record', ...args);
    expect(await exit).toBe(2);
    expect(output.err).toContain(message);
  });
});
