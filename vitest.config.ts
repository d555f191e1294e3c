import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folders = ['emulator', 'media', 'conformance', 'bench', 'scripts', 'media-samples'];

const unit = folders.flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder), { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.e2e.test.ts'))
    .map((file) => `${folder}/${file}`),
);

/** Tests that put others in the place of modules: what comes into their process before them has loaded the real ones. */
const mocking = unit.filter((file) =>
  readFileSync(join(import.meta.dirname, file), 'utf8').includes('vi.mock('),
);

/** Its processes go before all others: what others measure beside it would starve. */
const suite = 'conformance/suite.e2e.test.ts';

/**
 * Tests that measure times, or how many packets come, of emulators and bots without a priority of their own: not more than
 * two of them run at a time, and nothing else.
 */
const measuring = [
  'conformance/hostile.e2e.test.ts',
  'conformance/other-servers.e2e.test.ts',
  'conformance/bot-commands/**/*.e2e.test.ts',
  'conformance/bots/**/*.e2e.test.ts',
  'conformance/testing/**/*.e2e.test.ts',
  'emulator/{faults,video,webrtc}/**/*.e2e.test.ts',
];

export default defineConfig({
  test: {
    // Two cores are shared with the servers and browsers under test; most tests wait for these most of the time.
    maxWorkers: 3,
    // Processes that tests start run from `dist`.
    globalSetup: ['scripts/fresh-build.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          // Files share a process, as starting one costs more than most of them take: what they change is put back.
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
          include: unit,
          exclude: mocking,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'mocking',
          include: mocking,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: [`{${folders}}/**/*.e2e.test.ts`],
          exclude: [suite, ...measuring],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'measuring',
          include: measuring,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'suite',
          include: [suite],
          maxConcurrency: 2,
          testTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
