import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endProcess, sendTo, spawnModule, spawnTimed, whenGone } from './processes.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-processes-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function spawnSource(source: string, spawn: typeof spawnTimed = spawnModule) {
  const file = join(folder, `m${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, source);
  return spawn(pathToFileURL(file));
}

function mayRaise(pid: number): boolean {
  try {
    setPriority(pid, -10);
    return true;
  } catch {
    return false;
  }
}

const echo = `process.on('message', (message) => process.send(message));`;

describe('a process of the suite', () => {
  it('gets what it is told, and ends when it is let go of', async () => {
    const child = await spawnSource(echo);
    const answered = once(child, 'message');
    await sendTo(child, { n: 1n });
    expect(await answered).toEqual([{ n: 1n }, undefined]);
    await endProcess(child);
    expect(await whenGone(child)).toBe('code 0');
    await endProcess(child);
  });

  it('goes before others where that may be asked for, and runs in any case', async () => {
    const other = await spawnSource(echo);
    const child = await spawnSource(echo, spawnTimed);
    const permitted = mayRaise(other.pid!);
    expect(getPriority(child.pid!)).toBe(permitted ? -10 : getPriority());
    await Promise.all([child, other].map((process) => endProcess(process)));
  });

  it('stops for garbage shortly where its times are measured', async () => {
    const source = `import { getHeapSpaceStatistics } from 'node:v8';
      globalThis.kept = Array.from({ length: 300_000 }, (_, n) => ({ n }));
      process.send(getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space').space_size);`;
    const sizeOf = async (spawn: typeof spawnTimed) => {
      const child = await spawnSource(source, spawn);
      const [size] = await once(child, 'message');
      await endProcess(child);
      return Number(size) / 2 ** 20;
    };
    expect(await sizeOf(spawnTimed)).toBeLessThanOrEqual(3);
    expect(await sizeOf(spawnModule)).toBeGreaterThan(3);
  });

  it('is ended the hard way where it does not end by itself', async () => {
    const child = await spawnSource(`setInterval(() => {}, 1000); process.send('ready');`);
    await once(child, 'message');
    await endProcess(child, 50);
    expect(await whenGone(child)).toBe('SIGKILL');
  });

  it('harms nobody when it is told something after it has gone', async () => {
    const child = await spawnSource('process.exit(4);');
    expect(await whenGone(child)).toBe('code 4');
    await expect(sendTo(child, {})).rejects.toThrow('closed');
    // The same without waiting for what becomes of it.
    child.send({});
    await new Promise((resolve) => setImmediate(resolve));
  });
});
