import { defineConfig } from 'vitest/config';

const folders = '{emulator,media,conformance,bench,scripts,media-samples}';

export default defineConfig({
  test: {
    // Two cores are shared with the servers under test: more workers only make them wait for each other.
    maxWorkers: 2,
    // An emulator that runs from its sources serves the scripts of its pages from `dist`.
    globalSetup: ['scripts/fresh-pages.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${folders}/**/*.test.ts`],
          exclude: ['**/*.e2e.test.ts'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: [`${folders}/**/*.e2e.test.ts`],
          // One file at a time, after all others: they measure times on real media.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
