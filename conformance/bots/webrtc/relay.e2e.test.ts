import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Emulator, startEmulator } from '../../../emulator/index.ts';
import { levelsOf } from '../../analysis/tone-levels.ts';
import { killRunning, mosaic2 } from '../../run/testing-command.ts';
import { BotHost, type BotHostOptions } from '../bot-host.ts';
import type { BotSession } from '../bot-session.ts';
import { collectRecordings, lastSeconds, waitForSound } from '../collect.ts';
import { toneSignature } from '../signatures/catalogue.ts';
import { quietDbfs } from '../signatures/render.ts';
import { toneClip } from '../tone-clip.ts';
import { isWithoutTurnServer, TestTurnServer } from './test-turn-server.ts';

const config = `
edit_auth user pass;
stream lobby { input mosaic2://; }
template any { prefix ""; input publish://; }
`;
const alice = toneClip('alice', toneSignature(1), quietDbfs);
const waiting = { timeout: 10_000, interval: 50 };

describe.skipIf(isWithoutTurnServer)('a TURN server between bots and their server', () => {
  let emulator: Emulator;
  let turn: TestTurnServer;
  let bots: BotHost | undefined;
  let folder: string;

  beforeAll(async () => {
    turn = await TestTurnServer.start();
    emulator = await startEmulator({ config, http: [{ address: '127.0.0.1', port: 0 }] });
    folder = await mkdtemp(join(tmpdir(), 'mosaic2-relay-'));
  });

  afterEach(async () => {
    killRunning();
    await bots?.close();
    bots = undefined;
  });

  afterAll(async () => {
    await emulator?.close();
    await turn?.close();
    await rm(folder, { recursive: true });
  });

  const http = () => emulator.httpUrls[0]!;
  const use = (options: BotHostOptions) => {
    bots = new BotHost(options);
    return bots;
  };
  const allGivenBack = () =>
    vi.waitUntil(() => turn.relays.given > 0 && turn.relays.given === turn.relays.ended, waiting);

  it.each([
    { transport: 'udp', signalling: 'whip' },
    { transport: 'tcp', signalling: 'whip' },
    { transport: 'udp', signalling: 'websocket' },
  ] as const)('has all media by $transport, agreed on by $signalling', async ({ transport, signalling }) => {
    const before = turn.relays.given;
    const host = use({ turn: turn.by(transport), signalling });
    const sessions: BotSession[] = [];
    host.onSession = (session) => sessions.push(session);
    const publisher = await host.publish(`${http()}/alice/whip`, alice.clip);
    const listener = await host.listen(`${http()}/alice/whep`, { video: false });
    await waitForSound([listener], 1.2);
    const [recording] = await collectRecordings([listener]);
    const [level] = levelsOf(lastSeconds(recording!, 0.5), [alice.sent]);
    expect(Math.abs(level!.gainDb)).toBeLessThan(1);
    for (const session of sessions) {
      const { messages } = (await session.account())!;
      const own = JSON.stringify(messages.filter(({ direction }) => direction === 'sent'));
      expect(own).toContain('typ relay');
      expect(own).not.toMatch(/typ (host|srflx)/);
      expect(JSON.stringify(messages)).not.toContain(turn.credential);
    }
    expect(turn.relays.given).toBe(before + 2);
    await listener.close();
    await publisher.close();
    await allGivenBack();
  });

  it('gets its relay back where the stream is refused', async () => {
    await expect(use({ turn: turn.by('udp') }).listen(`${http()}/nobody/whep`)).rejects.toThrow('404');
    await allGivenBack();
  });

  it('is named where it gives no relay, without the password', async () => {
    const wrong = { ...turn.by('tcp'), credential: 'not-the-secret' };
    const failing = use({ turn: wrong }).publish(`${http()}/alice/whip`, alice.clip);
    await expect(failing).rejects.toThrow(`${wrong.url} gives no relay: is it there, and are user and`);
  }, 20_000);

  it('stands in the report of a run, without the password', async () => {
    const run = mosaic2(
      ...['conformance', '--target', http().replace('//', '//user:pass@'), '--out', folder],
      ...['--turn', `turn:${turn.username}:${turn.credential}@127.0.0.1:${turn.port}`],
      ...['--filter', 'audio.minus-self.quiet-tones,play.answer'],
    );
    expect(await run.exit, run.output.err).toBe(0);
    const files = (await readdir(join(folder, 'latest'))).map((name) => join(folder, 'latest', name));
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    for (const text of [...texts, run.output.out]) expect(text).not.toContain(turn.credential);
    const report = JSON.parse(texts[files.findIndex((file) => file.endsWith('report.json'))]!);
    const place = `127.0.0.1:${turn.port}?transport=udp`;
    expect(report.notes).toContain(`The bots’ media goes through turn:${place}.`);
    expect(report.results[0].reproduce).toContain(`--turn 'turn:USER:PASSWORD@${place}'`);
    await allGivenBack();
  }, 60_000);

  it.each([
    ['a TURN server that is none', 'turn:u:secret@127.0.0.1:9?transport=tcp', 'gives no relay'],
    [
      'what is no TURN server',
      'relay:secret',
      '--turn cannot be read: it is written turn:user:password@host',
    ],
  ])(
    'keeps a run from being made where --turn names %s',
    async (_case, text, message) => {
      const target = ['--target', http().replace('//', '//user:pass@')];
      const run = mosaic2('conformance', ...target, '--turn', text, '--filter', 'play.answer');
      expect(await run.exit).toBe(2);
      expect(run.output.err).toContain(message);
      expect(run.output.err).not.toContain('secret');
    },
    30_000,
  );
});
