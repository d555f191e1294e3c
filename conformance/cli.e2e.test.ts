import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from './http/api-client.ts';
import { roomNamesOf } from './http/room-names.ts';
import { killRunning, mosaic2, mosaic2With, targetOption } from './run/testing-command.ts';
import { startEmbeddedTarget } from './targets/embedded.ts';
import type { Target } from './targets/target.ts';

let folder: string;
let target: Target;
let secure: Target;
const servers: { close(): unknown }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-suite-'));
  [target, secure] = await Promise.all([
    startEmbeddedTarget(),
    startEmbeddedTarget(undefined, { https: true }),
  ]);
});

afterEach(() => {
  killRunning();
  for (const server of servers.splice(0)) server.close();
});

afterAll(async () => {
  await Promise.all([target.close(), secure.close()]);
  await rm(folder, { recursive: true });
});

/** A server that is no mosaic. @returns its host and port */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function conformance(...args: string[]) {
  const { exit, output } = mosaic2('conformance', '--out', folder, ...args);
  return { code: await exit, ...output };
}

async function lastReport(): Promise<string> {
  return readFile(join(folder, 'latest', 'report.json'), 'utf8');
}

describe('mosaic2 conformance', () => {
  it('exits with 0 where nothing failed, and leaves a report', async () => {
    const { code, out, err } = await conformance('--filter', 'errors.bad-json', '--reporter', 'console,json');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('errors.bad-json');
    const { results } = JSON.parse(await lastReport()) as { results: { verdict: string }[] };
    expect(results.map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  it('measures a server with a certificate of its own when told to take any', async () => {
    const args = ['--target', targetOption(secure), '--reporter', 'json'];
    const clauses = ['--filter', 'errors.*', '--filter', 'api.path-without-slash'];
    const taken = await conformance(...args, ...clauses, '--insecure');
    expect(taken).toMatchObject({ code: 0, err: '' });
    const report = await lastReport();
    const { results } = JSON.parse(report) as { results: { verdict: string; reproduce: string }[] };
    expect(results.length).toBeGreaterThan(5);
    for (const { reproduce } of results) expect(reproduce).toContain('--insecure');
    const refused = await conformance(...args, '--filter', 'errors.bad-json');
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/nobody answers at .* certificate/);
  });

  it('exits with 1 where a clause failed, and shows no password even where the server repeats it', async () => {
    const host = await serve((request, response) => {
      response.setHeader('x-echo', String(request.headers.authorization));
      response.end(JSON.stringify([request.headers.authorization, 'http://user:forgotten-umbrella@host']));
    });
    const { code, out } = await conformance(
      ...['--target', `http://user:forgotten-umbrella@${host}`],
      ...['--filter', 'errors.*', '--reporter', 'console,json,html,junit,ctrf,markdown'],
    );
    expect(code).toBe(1);
    const pair = Buffer.from('user:forgotten-umbrella').toString('base64').slice(0, -2);
    const files = ['report.json', 'index.html', 'junit.xml', 'ctrf.json', 'summary.md'];
    const texts = await Promise.all(files.map((file) => readFile(join(folder, 'latest', file), 'utf8')));
    for (const text of [out, ...texts]) {
      expect(text).not.toContain('forgotten-umbrella');
      expect(text).not.toContain(pair);
    }
  });

  it('exits with 2 and one sentence where no run can be made', async () => {
    const notFound = await serve((_request, response) => response.writeHead(404).end());
    const page = await serve((_request, response) => response.end('<!doctype html>'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    const cases: [string[], string][] = [
      [['--target', 'http://user:secret@127.0.0.1:1'], 'nobody answers'],
      [['--target', 'http://user:secret%@127.0.0.1:1'], '%25'],
      [['--target', `http://${notFound}`], 'list_room is answered with 404'],
      [['--target', `http://${page}`], 'page of HTML'],
      [['--target', targetOption(target).replace('user:pass', 'user:secret')], 'refuses the credentials'],
      [['--filter', 'nothing.*'], 'no clause is called nothing.*'],
      [['--list', '--filter', 'api.sttat,api.*'], 'did you mean api.stat'],
      [['--exclude', 'audio'], 'no clause is called audio, as --exclude wants; did you mean audio.*'],
      [['--json'], '--json goes with --list'],
      [['--filter', 'errors.bad-json', '--out', join(file, 'below')], 'cannot be written'],
    ];
    const runs = cases.map(async ([args, message]) => {
      const { code, err } = await conformance(...args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(err).toContain(message);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).not.toContain('secret');
    });
    await Promise.all(runs);
  });

  it.each([[['--bogus']], [['--seed', 'blue']], [['--reporter', 'pigeon']], [['--filter']]])(
    'exits with 2 for bad usage: %j',
    async (args) => {
      const { code, err } = await conformance(...args);
      expect(code).toBe(2);
      expect(err).not.toBe('');
      expect(err).not.toContain('    at ');
    },
  );

  it('lists the clauses that its filters leave', async () => {
    const { code, out } = await conformance('--list', '--filter', 'errors.*', '--exclude', '*.bad-json');
    expect(code).toBe(0);
    const [head, ...lines] = out.trim().split('\n');
    expect(head).toMatch(/^id +level +needs +title$/);
    const ids = lines.map((line) => line.split(' ')[0]);
    expect(ids).toContain('errors.unknown-command');
    expect(ids).not.toContain('errors.bad-json');
    expect(ids.every((id) => id?.startsWith('errors.'))).toBe(true);
  });

  it('lists clauses as JSON, by filters that commas part', async () => {
    const filters = [
      '--filter',
      'api.stat,config.*',
      '--filter',
      'errors.bad-json',
      '--exclude',
      '**.answer',
    ];
    const { code, out, err } = await conformance('--list', '--json', ...filters);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const listed = JSON.parse(out) as { id: string; needs: string[] }[];
    const ids = listed.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['api.stat', 'config.defaults', 'errors.bad-json']));
    expect(ids.some((id) => id.endsWith('.answer'))).toBe(false);
    expect(listed.find(({ id }) => id === 'api.stat')?.needs).toEqual(['curl']);
  });

  const rooms = async () => roomNamesOf((await new ApiClient(target).manager('list_room', [])).json)!;
  const measuring = () => [
    ...['conformance', '--target', targetOption(target), '--filter', 'audio.minus-self.*'],
    ...['--out', folder, '--reporter', 'json'],
  ];
  /** Resolves when somebody is in one of the rooms that a run has made. */
  const hasMembersBeside = async (before: readonly string[]) => {
    const api = new ApiClient(target);
    const hasMembers = async () => {
      const made = (await rooms()).filter((room) => !before.includes(room));
      const stats = await Promise.all(made.map((room) => api.room(room, 'stat', [])));
      return stats.some(({ json }) => Number((json as { count?: number } | undefined)?.count) > 1);
    };
    await vi.waitUntil(hasMembers, { timeout: 30_000, interval: 50 });
  };

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at once at %s and leaves the server as it was',
    async (signal) => {
      const before = await rooms();
      const run = mosaic2(...measuring());
      await hasMembersBeside(before);
      run.child.kill(signal);
      const abortedMs = performance.now();
      expect(await run.exit).toBe(2);
      expect(performance.now() - abortedMs).toBeLessThan(6000);
      expect(await rooms()).toEqual(before);
    },
  );

  it.each([
    ['is thrown', "throw new Error('out of the blue');"],
    ['is in a rejection', "Promise.reject(new Error('out of the blue'));"],
  ])('leaves the server as it was where an error that nobody catches %s', async (_how, statement) => {
    const before = await rooms();
    const crash = `process.on('SIGUSR2', () => { ${statement} });`;
    const run = mosaic2With(
      ['--import', `data:text/javascript,${encodeURIComponent(crash)}`],
      ...measuring(),
    );
    await hasMembersBeside(before);
    run.child.kill('SIGUSR2');
    const crashedMs = performance.now();
    expect(await run.exit).toBe(2);
    expect(performance.now() - crashedMs).toBeLessThan(6000);
    expect(run.output.err).toMatch(
      /^the run is ended by an error of its own:\nError: out of the blue\n {4}at /,
    );
    expect(await rooms()).toEqual(before);
  });

  it('says what a server has and lacks without measuring it', async () => {
    const lacking = await conformance('--target', targetOption(target), '--preflight', '--cleanup');
    expect(lacking).toMatchObject({ code: 0, err: '' });
    expect(lacking.out).toMatch(/earlier runs left 0 rooms/);
    expect(lacking.out).toMatch(/answers as Streamer 20\.08, version 20\.08; it has \d+ rooms/);
    expect(lacking.out).toContain('stream pictures-1 { input mosaic2:// disable_video=false; }');
    const room = ['--room', 'configured/pictures-1', '--prefix', 'chat/'];
    const enough = await conformance('--target', targetOption(target), '--preflight', ...room);
    expect(enough).toMatchObject({ code: 0, err: '' });
    expect(enough.out.trim().split('\n')).toHaveLength(1);
  });

  it('measures a server with rooms that it makes there, and removes them', async () => {
    const api = new ApiClient(target);
    const rooms = async () => roomNamesOf((await api.manager('list_room', [])).json)!;
    const before = await rooms();
    const args = ['--target', targetOption(target), '--provision', '--reporter', 'console,json'];
    const { code, out, err } = await conformance(...args, '--filter', 'config.snippet,config.video-off*');
    expect({ code, err }, out).toEqual({ code: 0, err: '' });
    const { results } = JSON.parse(await lastReport()) as {
      results: { verdict: string; reproduce: string; evidence: unknown }[];
    };
    expect(results.map(({ verdict }) => verdict)).toEqual(Array(5).fill('pass'));
    expect(results[0]!.reproduce).toContain('--provision');
    expect(await rooms()).toEqual(before);
  });

  it('judges by a profile what is observed otherwise', async () => {
    const args = ['--target', targetOption(target), '--reporter', 'json'];
    const filter = ['--filter', 'api.stat.count,decisions.members,errors.unknown-command,api.path-*'];
    const verdicts = async () => {
      const { results, notes = [] } = JSON.parse(await lastReport()) as {
        results: { clause: { id: string }; verdict: string; expected?: string; reproduce: string }[];
        notes?: string[];
      };
      return { notes, results, byId: Object.fromEntries(results.map((one) => [one.clause.id, one.verdict])) };
    };
    expect((await conformance(...args, ...filter)).code).toBe(0);
    expect(new Set(Object.values((await verdicts()).byId))).toEqual(new Set(['observed']));

    const own = join(folder, 'own.json');
    await writeFile(own, '{}');
    expect((await conformance(...args, ...filter, '--profile', own)).code).toBe(0);
    const judged = await verdicts();
    expect(judged.byId).toEqual({
      'api.path-without-slash': 'observed',
      'api.stat.count': 'pass',
      'errors.unknown-command': 'pass',
      'decisions.members': 'pass',
    });
    expect(judged.results[0]!.reproduce).toContain(`--profile ${own}`);
    expect(judged.notes).toEqual([expect.stringContaining(own)]);

    const other = join(folder, 'other.json');
    await writeFile(
      other,
      '{"rooms":{"countIncludesAll":false},"errors":{"status":{"unknown-command":404}}}',
    );
    expect((await conformance(...args, ...filter, '--profile', other)).code).toBe(1);
    const { byId, results } = await verdicts();
    expect(Object.values(byId).toSorted()).toEqual(['fail', 'fail', 'fail', 'observed']);
    expect(results.find(({ clause }) => clause.id === 'decisions.members')!.expected).toBe(
      `by ${other}: rooms.countIncludesAll false`,
    );
  });

  it('exits with 2 where the profile cannot be used', async () => {
    const bad = join(folder, 'bad.json');
    await writeFile(bad, '{"rooms":{"allName":7},"colour":1}');
    const refused = await conformance('--profile', bad);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`${bad}: rooms.allName: expected a string`);
    expect(refused.err).toContain('unknown key colour');
    const missing = await conformance('--profile', join(folder, 'none.json'));
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.err).toContain('cannot be read');
  });

  it('puts a prefix before all that it makes', async () => {
    const args = ['--target', targetOption(target), '--prefix', 'chat/', '--reporter', 'json'];
    const { code, err } = await conformance(...args, '--filter', 'api.list-room,play.media-info');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(await lastReport()).toMatch(/chat\/m2-run-[0-9a-f]{12}-api-list/);
  });

  it.each([
    [['--room', 'lobby'], '--room is for a server that runs already'],
    [['--provision'], '--provision is for a server'],
    [['--prefix', 'chat/'], '--prefix is for a server'],
    [['--cleanup', '--target', 'emulator'], '--cleanup is for a server'],
    [['--preflight'], '--preflight is for a server'],
    [['--target', 'http://127.0.0.1:1', '--preflight'], 'nobody answers'],
    [['--target', 'http://h', '--room', 'a', '--provision'], 'give either'],
    [['--prefix', 'a b'], 'A prefix has letters'],
    [['--room', '/'], 'A room is a name'],
    [['--timeout', '1'], 'A timeout is a whole number of seconds from 5 to 3600'],
    [['--timeout', 'soon'], 'A timeout is a whole number'],
  ])('exits with 2 and a sentence for %j', async (args, message) => {
    const { code, err } = await conformance(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
