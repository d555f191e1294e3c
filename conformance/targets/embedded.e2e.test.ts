import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedTarget } from './embedded.ts';
import { TargetError } from './url.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-embedded-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function moduleOf(source: string): Promise<URL> {
  const file = join(folder, `m${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, source);
  return pathToFileURL(file);
}

describe('startEmbeddedTarget', () => {
  it.each([
    [
      'says that it cannot',
      `process.once('message', () => process.send({ error: 'no port is free' }));`,
      'no port is free',
    ],
    ['ends at once', 'process.exit(3);', 'code 3'],
    ['is killed', `process.kill(process.pid, 'SIGKILL');`, 'SIGKILL'],
    ['hangs up', 'process.disconnect(); setInterval(() => {}, 1000);', 'cannot be started'],
  ])('throws a TargetError where the emulator %s', async (_what, source, message) => {
    const starting = startEmbeddedTarget(undefined, { module: await moduleOf(source) });
    await expect(starting).rejects.toThrow(TargetError);
    await expect(starting).rejects.toThrow(message);
  });

  it('lives through a signal to the group, and ends when it is closed', async () => {
    const module = await moduleOf(
      `await import(${JSON.stringify(new URL('./emulator-process.ts', import.meta.url).href)});
       process.kill(process.pid, 'SIGTERM');
       process.kill(process.pid, 'SIGINT');`,
    );
    const target = await startEmbeddedTarget(undefined, { module });
    const alive = await fetch(`${target.url}/streamer/api/v3/monitoring/liveness`);
    expect(alive.status).toBe(200);
    await target.close();
    await expect(fetch(target.url)).rejects.toThrow();
  });
});
