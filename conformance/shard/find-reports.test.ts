import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReportFileError } from '../compare/read-report.ts';
import { findReports, withoutCopies } from './find-reports.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-find-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Files with their own path for a content. */
async function make(...paths: string[]): Promise<string[]> {
  const files = paths.map((path) => join(folder, path));
  for (const file of files) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, file);
  }
  return files;
}

describe('findReports', () => {
  it('finds every report.json in a folder, at any depth, and nothing else', async () => {
    const [deep, near] = await make('a/b/c/d/report.json', 'report.json', 'a/ctrf.json', 'a/old-report.json');
    expect(await findReports([folder])).toEqual([deep, near]);
  });

  it('takes a file for a report, whatever it is called', async () => {
    const [file] = await make('shard-1.json');
    expect(await findReports([file!])).toEqual([file]);
  });

  it('passes over links, for what they point to is found anyway', async () => {
    const [file] = await make('run/report.json');
    await symlink('run', join(folder, 'latest'), 'dir');
    expect(await findReports([folder])).toEqual([file]);
  });

  it('does not go deeper than artefacts of runs lie', async () => {
    await make(`${'x/'.repeat(9)}report.json`);
    await expect(findReports([folder])).rejects.toThrow('there is no report.json in');
    await make(`${'y/'.repeat(8)}report.json`);
    expect(await findReports([folder])).toHaveLength(1);
  });

  it('refuses more of them than a run can have', async () => {
    await make(...Array.from({ length: 1001 }, (_, n) => `${n}/report.json`));
    await expect(findReports([folder])).rejects.toThrow('there are more than 1000 reports in');
  });

  it('refuses a folder without any beside one that has some, and what is not there', async () => {
    await make('full/report.json', 'empty/summary.md');
    const both = findReports([join(folder, 'full'), join(folder, 'empty')]);
    await expect(both).rejects.toThrow(ReportFileError);
    await expect(both).rejects.toThrow(`there is no report.json in ${join(folder, 'empty')}`);
    await expect(findReports([join(folder, 'missing')])).rejects.toThrow('cannot be read: ENOENT');
  });
});

describe('withoutCopies', () => {
  it('keeps the first of several files with the same content', async () => {
    const [one, other] = await make('one/report.json', 'other/report.json');
    const copy = join(folder, 'copy.json');
    await copyFile(one!, copy);
    expect(await withoutCopies([one!, copy, other!])).toEqual([one, other]);
  });
});
