import { describe, expect, it } from 'vitest';
import { type DefectName, defects } from './defects/index.ts';
import { proveDefect } from './defects/prove.ts';
import { runConformance, startEmbeddedTarget } from './index.ts';

/** A few of every chapter; `npm run conformance:defects` looks at all. */
const representative = [
  'default-bit-rate-32',
  'mute-audio-with-underscore-only',
  'password-not-compared',
  'newer-publisher-refused',
  'delete-does-nothing',
  'self-at-40-db',
  'sum-wraps',
  'mute-does-not-mute',
  'mute-forgotten',
  'mute-in-all-only',
  'sound-in-bursts',
  'grid-rows-and-columns-swapped',
  'letterbox-green',
  'leaver-stays',
  'second-viewer-late',
] as const satisfies readonly DefectName[];

describe('the suite', () => {
  it('finds nothing wrong with the sound emulator', { timeout: 180_000 }, async () => {
    const target = await startEmbeddedTarget();
    try {
      const wrongOf = async (filter: readonly string[]) => {
        const { results } = await runConformance({ target, seed: 1, selection: { filter, exclude: [] } });
        return results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
      };
      let wrong = await wrongOf([]);
      // On a machine that was busy, once more: what is wrong with the emulator is wrong again.
      if (wrong.length > 0) wrong = await wrongOf(wrong.map(({ clause }) => clause.id));
      expect(wrong.map(({ clause, actual, reason }) => `${clause.id}: ${reason ?? actual}`)).toEqual([]);
    } finally {
      await target.close();
    }
  });

  it.each(representative)('catches an emulator with the defect %s', { timeout: 180_000 }, async (name) => {
    const { caughtBy, missedBy, wronglyFailed } = await proveDefect(name);
    expect({ caughtBy, missedBy, wronglyFailed }).toEqual({
      caughtBy: defects[name].caughtBy,
      missedBy: [],
      wronglyFailed: [],
    });
  });
});
