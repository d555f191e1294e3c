import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputFile } from './output-file.ts';
import { OutputError } from './output-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-file-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('OutputFile', () => {
  it('holds what was written to it, also after it has been closed', async () => {
    const path = join(folder, 'profile.json');
    const file = await OutputFile.prepare(path);
    await file.write(Buffer.from('{}'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('{}');
  });

  it('leaves nothing behind where nothing was written', async () => {
    const file = await OutputFile.prepare(join(folder, 'profile.json'));
    await file.close();
    await file.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a file that was there before as it is where nothing was written', async () => {
    const path = join(folder, 'profile.json');
    await writeFile(path, 'earlier');
    const file = await OutputFile.prepare(path);
    expect(await readFile(path, 'utf8')).toBe('earlier');
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('earlier');
  });

  it('says before the work that it cannot be written', async () => {
    await expect(OutputFile.prepare(folder)).rejects.toThrow(OutputError);
    await expect(OutputFile.prepare(join(folder, 'none', 'profile.json'))).rejects.toThrow(
      'cannot be written',
    );
  });
});
