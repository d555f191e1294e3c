import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startEmulator } from '../../index.ts';

/** What this process is asked to do, once. */
export interface ManyEmulators {
  /** Emulators that are started and closed before anything is measured: code is loaded and compiled. */
  readonly warmUp: number;
  /** Emulators between the two measurements. */
  readonly count: number;
  /** True: in each somebody publishes and somebody listens. */
  readonly bots: boolean;
}

/** What this process holds. */
export interface Held {
  readonly rssBytes: number;
  /** What keeps the process alive, by kind: timers, sockets, servers. */
  readonly handles: readonly string[];
  /** Sockets, pipes and files that are open; empty where the system does not tell. */
  readonly descriptors: readonly string[];
  readonly temporaryFiles: readonly string[];
}

/** Before and after, with the ports that were listened on meanwhile. */
export interface HeldByMany {
  readonly before: Held;
  readonly after: Held;
  readonly urls: readonly string[];
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
const temporary = mkdtempSync(join(tmpdir(), 'mosaic2-many-'));

/** One emulator in use: somebody publishes, somebody listens. */
async function useOne(withBots: boolean): Promise<string> {
  await using emulator = await startEmulator();
  if (withBots) {
    await emulator.publish('alice', { room: 'demo' });
    await emulator.listen('demo');
  }
  return emulator.url;
}

async function held(): Promise<Held> {
  // What was collected may hold handles that go with it, and those more memory.
  for (let round = 0; round < 5; round += 1) {
    collectGarbage();
    await delay(50);
  }
  return {
    rssBytes: process.memoryUsage.rss(),
    handles: process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout'),
    descriptors: descriptors(),
    temporaryFiles: readdirSync(temporary),
  };
}

function descriptors(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).replace(/\d+/g, 'N');
    } catch {
      // The one by which the folder was read.
      return [];
    }
  });
}

process.once('message', async ({ count, warmUp, bots }: ManyEmulators) => {
  process.env.TMPDIR = temporary;
  for (let n = 0; n < warmUp; n += 1) await useOne(bots);
  const before = await held();
  const urls: string[] = [];
  for (let n = 0; n < count; n += 1) urls.push(await useOne(bots));
  const after = await held();
  rmSync(temporary, { recursive: true });
  process.send?.({ before, after, urls } satisfies HeldByMany);
  process.disconnect();
});
