import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const cli = new URL('../dist/cli.js', import.meta.url).pathname;
const running: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-cli-'));
  return () => rm(folder, { recursive: true });
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts `mosaic2` as it was built before the tests, and keeps what it prints. */
function mosaic2(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, XDG_STATE_HOME: folder },
  });
  running.push(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const ready = async () => {
    while (!/args/.test(output.out)) {
      const ended = await Promise.race([once(child.stdout, 'data'), exit.then(() => 'ended')]);
      if (ended === 'ended') throw new Error(`ended before it was ready: ${output.err}`);
    }
    return /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)![0];
  };
  return { child, output, exit, ready };
}

describe('mosaic2 emulator', () => {
  it('prints its URLs and a documented curl line that works as it is', async () => {
    const emulator = mosaic2('emulator', '--http', '0', '--https', '0');
    await emulator.ready();
    const line = /^ {2}(curl .*)$/m.exec(emulator.output.out)![1]!;
    const curl = spawn('sh', ['-c', `${line} -s`]);
    const [body] = await once(curl.stdout, 'data');
    expect(JSON.parse(String(body))).toEqual({ success: true });
    expect(emulator.output.out).toMatch(/https:\/\/127\.0\.0\.1:\d+/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly at %s', async (signal) => {
    const emulator = mosaic2('emulator', '--http', '0', '--https', '0');
    await emulator.ready();
    emulator.child.kill(signal);
    expect(await emulator.exit).toBe(0);
  });

  it('says in one sentence that a port is in use, and exits with 2', async () => {
    const occupant = createServer().listen(0);
    await once(occupant, 'listening');
    const { port } = occupant.address() as { port: number };
    const emulator = mosaic2('emulator', '--http', String(port), '--https', '0');
    expect(await emulator.exit).toBe(2);
    expect(emulator.output.err.trim().split('\n')).toHaveLength(1);
    expect(emulator.output.err).toContain(String(port));
    occupant.close();
  });

  it('says the same of the UDP port for media', async () => {
    const taken = createSocket('udp4').bind(0);
    await once(taken, 'listening');
    const { port } = taken.address();
    const emulator = mosaic2('emulator', '--http', '0', '--https', '0', '--udp-port', String(port));
    expect(await emulator.exit).toBe(2);
    expect(emulator.output.err.trim()).toBe(`UDP port ${port} is in use.`);
    taken.close();
  });

  it.each([
    ['--udp-ports', '40100-40000'],
    ['--announce', 'media.example.com'],
  ])('refuses %s %s', async (option, value) => {
    const emulator = mosaic2('emulator', option, value);
    expect(await emulator.exit).toBe(2);
    expect(emulator.output.err).toContain(value);
  });

  it('reads announced addresses from the environment, too', async () => {
    vi.stubEnv('MOSAIC2_ANNOUNCE', '192.0.2.7, media.example.com');
    const emulator = mosaic2('emulator');
    expect(await emulator.exit).toBe(2);
    expect(emulator.output.err).toContain('MOSAIC2_ANNOUNCE');
    expect(emulator.output.err).toContain('An IP address is expected');
  });

  it('serves the room of the documentation’s snippet, which lacks its closing brace', async () => {
    const config = join(folder, 'snippet.conf');
    await writeFile(config, 'http 0;\nstream ROOM_NAME  {\n  input mosaic2:// bitrate=128;\n');
    const emulator = mosaic2('emulator', '--config', config);
    const url = await emulator.ready();
    const answer = await fetch(`${url}/flussonic/api/dynamic_mosaic/`, {
      method: 'POST',
      body: '{"command":"list_room","args":[]}',
    });
    expect(await answer.json()).toEqual(['ROOM_NAME']);
    expect(emulator.output.err).toContain('snippet.conf:');
  });

  it('names file, line and column of a mistake in the configuration, and exits with 2', async () => {
    const config = join(folder, 'bad.conf');
    await writeFile(config, 'http 0;\nstream room {\n  input mosaic2:// samplerate=44100;\n}\n');
    const emulator = mosaic2('emulator', '--config', config);
    expect(await emulator.exit).toBe(2);
    expect(emulator.output.err).toContain(`${config}:3:20: error:`);
  });

  it('makes the faults of a file, and takes more by HTTP', async () => {
    const file = join(folder, 'faults.json');
    await writeFile(file, '[{"on":{"path":"/streamer/*"},"do":{"status":503}}]');
    const emulator = mosaic2('emulator', '--http', '0', '--https', '0', '--faults', file, '--faults-api');
    const url = await emulator.ready();
    expect((await fetch(`${url}/streamer/api/v3/monitoring/liveness`)).status).toBe(503);
    const headers = { authorization: `Basic ${btoa('user:pass')}` };
    const answer = await fetch(`${url}/faults/api/`, { headers });
    expect(await answer.json()).toMatchObject({ seed: 1, rules: [{ id: 'rule-1', hits: 1 }] });
  });

  it('names file and field of a fault that cannot be, and exits with 2', async () => {
    const file = join(folder, 'bad-faults.json');
    await writeFile(file, '[{"on":{},"do":{"status":200}}]');
    const emulator = mosaic2('emulator', '--faults', file);
    expect(await emulator.exit).toBe(2);
    expect(emulator.output.err.trim()).toBe(
      `${file}: rules[0].do.status: expected an HTTP status from 400 to 599, not 200`,
    );
  });

  it.each([
    ['emulator', '--http', 'eighty'],
    ['emulator', '--bogus'],
    ['emulator', '--config', '/nowhere/at/all.conf'],
    ['emulator', '--faults', '/nowhere/at/all.json'],
    ['emulator', '--log-level', 'loud'],
    ['nonsense'],
  ])('exits with 2 and a message for bad usage: %j', async (...args) => {
    const emulator = mosaic2(...args.filter((arg) => arg !== undefined));
    expect(await emulator.exit).toBe(2);
    expect(emulator.output.err).not.toBe('');
    expect(emulator.output.err).not.toContain('    at ');
  });
});
