import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputError, prepareOutputFolder } from './output-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-out-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('prepareOutputFolder', () => {
  it('makes the folder with those above it, and leaves nothing in it', async () => {
    const reports = join(folder, 'a', 'b');
    await prepareOutputFolder(reports);
    expect(await readdir(reports)).toEqual([]);
    await prepareOutputFolder(reports);
  });

  it.each(['file', 'file/below', 'nul\0'])('says that %j cannot be written', async (name) => {
    await writeFile(join(folder, 'file'), '');
    const preparing = prepareOutputFolder(join(folder, name));
    await expect(preparing).rejects.toThrow(OutputError);
    await expect(preparing).rejects.toThrow('cannot be written');
  });
});
