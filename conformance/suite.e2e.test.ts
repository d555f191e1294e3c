import { describe, it } from 'vitest';
import { type DefectName, defects } from './defects/index.ts';
import { proveDefect } from './defects/prove.ts';

/**
 * A few that matter most; `npm run conformance:defects` looks at all of them, and `npm run conformance` holds that the
 * sound emulator passes.
 */
const representative = [
  'password-not-compared',
  'newer-publisher-refused',
  'self-at-40-db',
  'sum-wraps',
  'mute-does-not-mute',
  'grid-rows-and-columns-swapped',
  'cell-frozen',
  'cell-mirrored',
  'leaver-stays',
  'muted-picture-frozen',
] as const satisfies readonly DefectName[];

describe.concurrent('the suite', () => {
  it.for(representative)('catches an emulator with the defect %s', async (name, { expect }) => {
    const { caughtBy, missedBy, wronglyFailed } = await proveDefect(name);
    expect({ caughtBy, missedBy, wronglyFailed }).toEqual({
      caughtBy: defects[name].caughtBy,
      missedBy: [],
      wronglyFailed: [],
    });
  });
});
