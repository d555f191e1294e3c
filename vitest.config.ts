import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{emulator,media,conformance,bench,scripts}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores are shared with the servers under test: more workers only make them wait for each other.
    maxWorkers: 2,
  },
});
