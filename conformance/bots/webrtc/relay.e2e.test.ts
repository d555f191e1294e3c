import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
  /** Resolves when there were more relays than so many, and each was given back. */
  const allGivenBack = (before: number) =>
    vi.waitUntil(() => turn.relays.given > before && turn.relays.given === turn.relays.ended, waiting);
  const target = () => http().replace('//', '//user:pass@');
  const turnOption = (credential = turn.credential) =>
    `turn:${turn.username}:${credential}@127.0.0.1:${turn.port}`;

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
    await allGivenBack(before);
  });

  it('gets its relay back where the stream is refused', async () => {
    const before = turn.relays.given;
    await expect(use({ turn: turn.by('udp') }).listen(`${http()}/nobody/whep`)).rejects.toThrow('404');
    await allGivenBack(before);
  });

  it('is named where it gives no relay, without the password', async () => {
    const wrong = { ...turn.by('tcp'), credential: 'not-the-secret' };
    const failing = use({ turn: wrong }).publish(`${http()}/alice/whip`, alice.clip);
    await expect(failing).rejects.toThrow(`${wrong.url} gives no relay: is it there, and are user and`);
  }, 20_000);

  it('stands in the report of a run, without the password', async () => {
    const before = turn.relays.given;
    const run = mosaic2(
      ...['conformance', '--target', target(), '--out', folder, '--turn', turnOption()],
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
    await allGivenBack(before);
  }, 60_000);

  it('keeps no command from ending when it is done', async () => {
    const before = turn.relays.given;
    const place = ['--target', target(), '--turn', turnOption()];
    const run = mosaic2('bots', ...place, '--room', 'short', '--count', '1', '--seconds', '0.2');
    expect(await run.exit, run.output.err).toBe(0);
    await allGivenBack(before);
  }, 20_000);

  it('keeps no command from ending where the password is wrong', async () => {
    const place = ['--target', target(), '--turn', turnOption('not-the-secret')];
    const run = mosaic2('bots', ...place, '--room', 'short', '--count', '1');
    expect(await run.exit).toBe(2);
    expect(run.output.err).toMatch(/^--turn: .* gives no relay: .*\n$/);
  }, 30_000);

  it('keeps no program from ending that runs the suite itself', async () => {
    const suite = new URL('../../../dist/conformance/index.js', import.meta.url);
    const program = `
      const { runConformance, urlTarget } = await import(${JSON.stringify(suite)});
      const target = urlTarget(${JSON.stringify(target())}, { turn: ${JSON.stringify(turnOption())} });
      const { results } = await runConformance({ target, selection: { filter: ['api.stat'], exclude: [] } });
      console.log(results.map(({ verdict }) => verdict).join());
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { timeout: 20_000 },
    );
    expect(stdout).toBe('pass\n');
  }, 30_000);

  it('is not waited for any longer at Ctrl-C', async () => {
    const silent = createSocket('udp4');
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const asked = once(silent, 'message');
    const turnTo = `turn:u:p@127.0.0.1:${silent.address().port}`;
    const run = mosaic2('bots', '--target', target(), '--turn', turnTo, '--room', 'short');
    await asked;
    run.child.kill('SIGINT');
    const stoppedMs = performance.now();
    expect(await run.exit).toBe(0);
    expect(performance.now() - stoppedMs).toBeLessThan(4000);
    silent.close();
  }, 30_000);

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
      const run = mosaic2('conformance', '--target', target(), '--turn', text, '--filter', 'play.answer');
      expect(await run.exit).toBe(2);
      expect(run.output.err).toContain(message);
      expect(run.output.err).not.toContain('secret');
    },
    30_000,
  );
});
