import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../report.ts';
import { reporterNames } from './names.ts';
import { sampleReport } from './sample-report.ts';
import { runFolderName, writeReports } from './write.ts';

const run = '2026-11-22T23-06-29-seed-1482907';
let outDir = '';

beforeEach(async () => {
  outDir = join(await mkdtemp(join(tmpdir(), 'mosaic2-reports-')), 'reports');
});

afterEach(async () => {
  await rm(dirname(outDir), { recursive: true, force: true });
});

const noSymlink = () => Promise.reject(new Error('EPERM: no links here'));

describe('writeReports', () => {
  it('writes a file for each reporter into a folder of the run and says where they are', async () => {
    const paths = await writeReports(sampleReport(), outDir, reporterNames);
    const files = ['index.html', 'junit.xml', 'ctrf.json', 'report.json', 'summary.md'];
    expect(paths).toEqual(files.map((file) => join(outDir, run, file)));
    for (const path of paths) expect((await stat(path)).size).toBeGreaterThan(1000);
  });

  it('writes the report itself as JSON', async () => {
    const [path] = await writeReports(sampleReport(), outDir, ['json']);
    expect(JSON.parse(await readFile(path!, 'utf8'))).toEqual(sampleReport());
  });

  it('points latest to the newest run by a relative link', async () => {
    await writeReports(sampleReport(), outDir, ['json']);
    const [path] = await writeReports({ ...sampleReport(), seed: 7 }, outDir, ['json']);
    expect(await readlink(join(outDir, 'latest'))).toBe('2026-11-22T23-06-29-seed-7');
    expect(await readFile(join(outDir, 'latest', 'report.json'), 'utf8')).toBe(await readFile(path!, 'utf8'));
  });

  it('names the newest run in a file where links cannot be made', async () => {
    await writeReports(sampleReport(), outDir, ['json']);
    await writeReports({ ...sampleReport(), seed: 7 }, outDir, ['json'], { symlink: noSymlink });
    expect(await readFile(join(outDir, 'latest.txt'), 'utf8')).toBe('2026-11-22T23-06-29-seed-7\n');
    expect(await readdir(outDir)).not.toContain('latest');
  });

  it('takes the file away once links can be made', async () => {
    await writeReports(sampleReport(), outDir, ['json'], { symlink: noSymlink });
    await writeReports(sampleReport(), outDir, ['json']);
    expect(await readdir(outDir)).toEqual([run, `${run}-2`, 'latest']);
  });

  it('leaves a folder called latest alone', async () => {
    await mkdir(join(outDir, 'latest'), { recursive: true });
    await writeFile(join(outDir, 'latest', 'mine'), '');
    await writeReports(sampleReport(), outDir, ['json']);
    expect(await readdir(join(outDir, 'latest'))).toEqual(['mine']);
    expect(await readFile(join(outDir, 'latest.txt'), 'utf8')).toBe(`${run}\n`);
  });

  it('gives two runs of the same second a folder each', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => writeReports(sampleReport(), outDir, ['json'])));
    expect(new Set(runs.flat()).size).toBe(3);
    expect((await readdir(outDir)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('lets everybody read the folder', async () => {
    await writeReports(sampleReport(), outDir, ['json']);
    expect((await stat(join(outDir, run))).mode & 0o055).toBe(0o055);
  });

  it('writes nothing when only the console reports', async () => {
    expect(await writeReports(sampleReport(), outDir, ['console'])).toEqual([]);
    await expect(readdir(outDir)).rejects.toThrow('ENOENT');
  });

  it('leaves nothing half-written behind when a reporter fails', async () => {
    const broken = { ...sampleReport(), results: undefined } as unknown as Report;
    await expect(writeReports(broken, outDir, ['json', 'html'])).rejects.toThrow();
    expect(await readdir(outDir)).toEqual([]);
  });

  it('says so when the folder cannot be made', async () => {
    await mkdir(dirname(outDir), { recursive: true });
    await writeFile(outDir, 'a file');
    await expect(writeReports(sampleReport(), outDir, ['json'])).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});

describe('runFolderName', () => {
  it.each([
    ['../../etc', 1, 'run-seed-1'],
    ['2026-11-22T23:06:29.412Z', 42, '2026-11-22T23-06-29-seed-42'],
    ['+275760-01-01T00:00:00Z', Number.NaN, '-275760-01-01T00-00-seed-NaN'],
  ])('makes a safe name of %s', (startedAt, seed, name) => {
    expect(runFolderName({ ...sampleReport(), startedAt, seed })).toBe(name);
  });
});
