import { test as base, expect } from 'vitest';
import type { EmulatorOptions } from '../../../emulator/index.ts';
import type { ExpectedGrid } from '../expected-cells.ts';
import type { HearOptions, NotHearOptions } from '../hears.ts';
import { mosaicMatchers } from '../matchers.ts';
import { startEmulator, type TestEmulator } from '../start-emulator.ts';
import type { Waiting } from '../verdict.ts';

export { mosaicMatchers } from '../matchers.ts';
export { expect };

/** What a test gets. */
export interface MosaicFixtures {
  /** How the test’s emulator is started; default `{}`. Set by `test.override` or `test.extend`. */
  readonly emulatorOptions: EmulatorOptions;
  /** An emulator of the test’s own, started when the test asks for it, and closed after it with all its bots. */
  readonly emulator: TestEmulator;
}

expect.extend(mosaicMatchers);

/** Vitest’s `test`, with an `emulator` for each test that asks for one. */
export const test = base.extend<MosaicFixtures>({
  emulatorOptions: {},
  emulator: async ({ emulatorOptions }, use) => {
    await using emulator = await startEmulator(emulatorOptions);
    await use(emulator);
  },
});

export { test as it };

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameter has to be Vitest’s own
  interface Matchers<T = any> {
    /** A bot is heard as loud as it sends; with `.not`, it is not heard while sound does come. */
    toHear(name: string, options?: HearOptions & NotHearOptions): Promise<void>;
    /** A bot’s picture is in the room’s, upright and moving; with `.not`, it is not while pictures do come. */
    toShow(name: string, options?: Waiting): Promise<void>;
    /** Everybody is in the right cell of the room’s picture. */
    toMatchGrid(expected: ExpectedGrid, options?: Waiting): Promise<void>;
  }
}
