import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Matrix } from './compare/matrix.ts';
import type { Report } from './report.ts';
import { killRunning, mosaic2 } from './run/testing-command.ts';

let folder: string;
/** Answers every call with 200, which the clauses on errors do not like. */
let careless: Server;
let carelessUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-measure-'));
  careless = createServer((_request, response) => response.end('[]')).listen(0, '127.0.0.1');
  await once(careless, 'listening');
  carelessUrl = `http://user:umbrella@127.0.0.1:${(careless.address() as AddressInfo).port}`;
});

afterEach(killRunning);

afterAll(async () => {
  careless.close();
  await rm(folder, { recursive: true });
});

async function command(...args: string[]) {
  const { exit, output } = mosaic2(...args);
  return { code: await exit, ...output };
}

/** Runs the suite with reports in a folder of its own. */
async function conformance(name: string, ...args: string[]) {
  return command('conformance', '--out', join(folder, name), ...args);
}

async function json<T>(...path: string[]): Promise<T> {
  return JSON.parse(await readFile(join(...path), 'utf8')) as T;
}

describe('mosaic2 conformance with several targets', () => {
  const clause = ['--filter', 'errors.wrong-credentials'];

  it('measures them one after the other and puts them side by side', async () => {
    const { code, out, err } = await conformance(
      ...['matrix', '--target', 'emulator', '--target', carelessUrl, ...clause],
    );
    expect(err).toBe('');
    expect(code).toBe(1);
    const matrix = await json<Matrix>(folder, 'matrix', 'latest', 'matrix.json');
    expect(matrix.rows).toMatchObject([
      { id: 'errors.wrong-credentials', differs: true, cells: [{ verdict: 'pass' }, { verdict: 'fail' }] },
    ]);
    const latest = join(folder, 'matrix', 'latest');
    expect((await readdir(latest)).slice(0, 1)).toEqual(['1-emulator']);
    const [, second] = matrix.columns;
    const own = await json<Report>(latest, second!.folder!, 'report.json');
    expect(own.results.map(({ verdict }) => verdict)).toEqual(['fail']);
    const page = await readFile(join(latest, 'index.html'), 'utf8');
    expect(page).toContain(`href="${second!.folder}/index.html#clause-errors.wrong-credentials"`);
    expect(out).toMatch(/≠ errors\.wrong-credentials {2}✔ passed {2}✘ failed/);
    for (const text of [out, page, JSON.stringify(matrix)]) expect(text).not.toContain('umbrella');
  });

  it('goes on where one of them cannot be measured, and exits with 2', async () => {
    const { code, err } = await conformance(
      ...['gone', '--target', 'http://user:umbrella@127.0.0.1:1', '--target', 'emulator', ...clause],
    );
    expect(code).toBe(2);
    expect(err).toMatch(/^nobody answers at http:\/\/127\.0\.0\.1:1.*\n$/);
    const matrix = await json<Matrix>(folder, 'gone', 'latest', 'matrix.json');
    expect(matrix.rows[0]!.cells).toMatchObject([null, { verdict: 'pass' }]);
  });

  it('measures none where one of them is no URL', async () => {
    const { code, err } = await conformance(
      'none',
      '--target',
      'emulator',
      '--target',
      'media.example.com',
      ...clause,
    );
    expect(code).toBe(2);
    expect(err).toContain('--target wants http://user:pass@host[:port]');
    await expect(readdir(join(folder, 'none'))).rejects.toThrow('ENOENT');
  });
});

describe('mosaic2 conformance with known failures', () => {
  async function run(...entries: object[]) {
    const file = join(folder, 'known.json');
    await writeFile(file, JSON.stringify(entries));
    const done = await conformance(
      ...['known', '--target', carelessUrl, '--filter', 'errors.wrong-credentials', '--known', file],
    );
    return done;
  }
  const entry = { id: 'errors.wrong-*', reason: 'the lab takes anything' };

  it('exits with 0 where all that fails is known', async () => {
    expect(await run(entry)).toMatchObject({ code: 0, err: '' });
    const report = await json<Report>(folder, 'known', 'latest', 'report.json');
    expect(report.results).toMatchObject([{ verdict: 'known', known: { reason: entry.reason } }]);
    const junit = await readFile(join(folder, 'known', 'latest', 'junit.xml'), 'utf8');
    expect(junit).toMatch(/<skipped message="A known failure: the lab takes anything/);
  });

  it('exits with 1 where an entry has expired, or is for another target', async () => {
    expect(await run({ ...entry, until: '2020-01-01' })).toMatchObject({ code: 1 });
    expect(await run({ ...entry, target: 'emulator' })).toMatchObject({ code: 1 });
  });

  it('exits with 2 where an entry means no clause', async () => {
    const { code, err } = await run({ ...entry, id: 'errors.nothing' });
    expect(code).toBe(2);
    expect(err).toContain('line 1, id of entry 1: no clause is called errors.nothing');
  });
});

describe('mosaic2 conformance with --timeout', () => {
  it('gives up a clause whose calls hang when it is told to', async () => {
    const hanging = createServer(async (request, response) => {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk as Buffer);
      if (Buffer.concat(body).includes('list_room')) response.end('[]');
    }).listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    const target = `http://user:umbrella@127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    const { err } = await conformance(
      ...['hanging', '--target', target, '--signalling', 'whip', '--filter', 'errors.unknown-command'],
      ...['--reporter', 'json', '--timeout', '5'],
    );
    hanging.close();
    const { results, notes } = await json<Report>(folder, 'hanging', 'latest', 'report.json');
    // Whether the room was made that it did not answer for, nobody knows.
    expect(notes).toEqual([
      expect.stringContaining('nothing was found out'),
      expect.stringContaining('could not be reached to remove 1'),
    ]);
    expect(results, err).toMatchObject([{ verdict: 'error', reason: 'gave up after 5 s' }]);
  });
});

describe('mosaic2 conformance in shards', () => {
  it('does each clause once, and merge makes one report of it', async () => {
    const filter = ['--filter', 'errors.*', '--filter', 'api.*', '--reporter', 'json'];
    for (const shard of ['1/2', '2/2']) {
      const { code } = await conformance(
        `shards/${shard[0]}`,
        '--target',
        'emulator',
        '--shard',
        shard,
        ...filter,
      );
      expect(code).toBe(0);
    }
    const incomplete = await command('merge', join(folder, 'shards', '1'), '--out', join(folder, 'merged'));
    expect(incomplete).toMatchObject({ code: 2, err: 'of 2 shards, one is missing: 2\n' });
    const merged = await command('merge', join(folder, 'shards'), '--out', join(folder, 'merged'));
    expect(merged).toMatchObject({ code: 0, err: '' });
    const latest = join(folder, 'merged', 'latest');
    expect(await readdir(latest)).toEqual([
      'ctrf.json',
      'index.html',
      'junit.xml',
      'report.json',
      'summary.md',
    ]);
    const { results } = await json<Report>(latest, 'report.json');
    const { out } = await command('conformance', '--list', '--json', ...filter.slice(0, 4));
    const listed = JSON.parse(out) as { id: string }[];
    expect(results.map(({ clause }) => clause.id)).toEqual(listed.map(({ id }) => id));
  });

  it('exits with 2 where there is nothing to merge', async () => {
    const { code, err } = await command('merge', join(folder, 'nowhere'));
    expect(code).toBe(2);
    expect(err).toMatch(/nowhere cannot be read: ENOENT/);
  });
});
