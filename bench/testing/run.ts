import { runJob } from '../child.ts';
import type { FirstRoom } from './first-room-process.ts';
import type { HeldByMany, ManyEmulators } from './many-emulators-process.ts';

/** What is measured of tests that use this package. */
export interface TestingFigures {
  /** Each in a process of its own. */
  readonly firstRooms: readonly FirstRoom[];
  /** Emulators alone, and with a publisher and a listener each. */
  readonly alone: HeldByMany;
  readonly withBots: HeldByMany;
}

/** How much is measured. */
export interface TestingBenchOptions {
  readonly rounds: number;
  /** Emulators one after the other. */
  readonly count: number;
}

const firstRoom = new URL('./first-room-process.ts', import.meta.url);
const manyEmulators = new URL('./many-emulators-process.ts', import.meta.url);
/** Until the code is compiled. */
const warmUp = 30;

export async function runTestingBench({ rounds, count }: TestingBenchOptions): Promise<TestingFigures> {
  const firstRooms: FirstRoom[] = [];
  for (let round = 0; round < rounds; round += 1) {
    firstRooms.push(await runJob<FirstRoom>(firstRoom, 'the first test', {}));
  }
  const hold = (bots: boolean) => {
    const job: ManyEmulators = { warmUp, count, bots };
    return runJob<HeldByMany>(manyEmulators, 'the process with many emulators', job);
  };
  return { firstRooms, alone: await hold(false), withBots: await hold(true) };
}
