import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endProcess, goBeforeOthers, sendTo, spawnModule, whenGone } from './processes.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-processes-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function spawnSource(source: string) {
  const file = join(folder, `m${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, source);
  return spawnModule(pathToFileURL(file));
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
    const child = goBeforeOthers(await spawnSource(echo));
    const permitted = mayRaise(other.pid!);
    expect(getPriority(child.pid!)).toBe(permitted ? -10 : getPriority());
    await Promise.all([child, other].map((process) => endProcess(process)));
    expect(() => goBeforeOthers(child)).not.toThrow();
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
