import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { endProcess, spawnModule } from './processes.ts';
import { goBeforeOthers } from './real-time.ts';

const run = promisify(execFile);

/** Whether this machine permits it, as its own command sees it. */
async function isPermitted(): Promise<boolean> {
  return run('chrt', ['--rr', '1', process.execPath, '--version']).then(
    () => true,
    () => false,
  );
}

/** Asks for a priority, starts a thread that says its number, and waits to be ended. */
const source = `
  import { Worker } from 'node:worker_threads';
  import { goBeforeOthers } from ${JSON.stringify(new URL('./real-time.ts', import.meta.url).href)};
  const worked = await goBeforeOthers(1);
  const thread = new Worker(\`
    const { parentPort, workerData: worked } = require('node:worker_threads');
    const self = worked ? require('node:fs').readlinkSync('/proc/thread-self') : '';
    parentPort.postMessage(self.split('/').at(-1));
    setInterval(() => {}, 1000);
  \`, { eval: true, workerData: worked });
  thread.once('message', (id) => process.send({ worked, thread: id }));
  process.once('disconnect', () => process.exit());`;

it('puts a process, and the threads that it starts then, before others where that is permitted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mosaic2-real-time-'));
  const file = join(folder, 'm.mjs');
  await writeFile(file, source);
  const permitted = await isPermitted();
  const child = spawnModule(pathToFileURL(file));
  try {
    const [{ worked, thread }] = await once(child, 'message');
    expect(worked).toBe(permitted);
    for (const task of permitted ? [String(child.pid), thread] : []) {
      const { stdout } = await run('chrt', ['--pid', task]);
      expect(stdout).toContain('SCHED_RR');
    }
  } finally {
    await endProcess(child);
    await rm(folder, { recursive: true });
  }
});

it('says that it did not work where there is no such command', async () => {
  const path = process.env.PATH;
  process.env.PATH = '';
  try {
    expect(await goBeforeOthers(1)).toBe(false);
  } finally {
    process.env.PATH = path;
  }
});
