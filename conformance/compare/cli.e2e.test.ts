import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../report.ts';
import { sampleReport } from '../reporters/sample-report.ts';
import { killRunning, mosaic2 } from '../run/testing-command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-compare-'));
});

afterEach(killRunning);
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: Report | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function compare(...args: string[]) {
  const { exit, output } = mosaic2('compare', ...args);
  return { code: await exit, ...output };
}

describe('mosaic2 compare', () => {
  it('exits with 1 where something newly fails, and with 0 the other way round', async () => {
    const good = await file('good.json', sampleReport());
    const results = sampleReport().results.map((result) =>
      result.clause.id === 'rooms.add' ? { ...result, verdict: 'fail' as const } : result,
    );
    const bad = await file('bad.json', { ...sampleReport(), results });
    const [worse, better, same] = await Promise.all([
      compare(good, bad),
      compare(bad, good, '--format', 'json'),
      compare(good, good, '--format', 'markdown'),
    ]);
    expect(worse).toMatchObject({ code: 1, err: '' });
    expect(worse.out).toMatch(/Newly failing \(1\)\n {2}rooms\.add {2}passed → failed/);
    expect(better).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(better.out)).toMatchObject({ newlyPassing: [{ id: 'rooms.add' }] });
    expect(same).toMatchObject({ code: 0, err: '' });
    expect(same.out).toContain('**Nothing changed; 22 clauses with the same verdict.**');
  });

  it('exits with 2 and a sentence where a report cannot be read', async () => {
    const good = await file('good.json', sampleReport());
    const hostile = await file('hostile.json', '{"results":[{"\\u001b[31m":1}]}');
    const cases = [
      [good, join(folder, 'missing.json')],
      [hostile, good],
      [good],
      [good, good, '--format', 'pigeon'],
    ];
    const runs = await Promise.all(cases.map((args) => compare(...args)));
    for (const { code, err } of runs) {
      expect(code).toBe(2);
      expect(err).not.toBe('');
      expect(err).not.toContain('    at ');
    }
    expect(runs[1]!.err).toContain('hostile.json is no report.json of a run: toolVersion: a text is wanted');
  });
});
