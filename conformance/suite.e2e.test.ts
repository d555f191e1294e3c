import { afterEach, describe, expect, it } from 'vitest';
import { type DefectName, defects } from './defects/index.ts';
import { runConformance, startEmbeddedTarget, type Target } from './index.ts';

let target: Target | undefined;

afterEach(async () => {
  await target?.close();
  target = undefined;
});

async function failuresOf(defect: DefectName | undefined, ...filter: string[]): Promise<string[]> {
  target = await startEmbeddedTarget(defect);
  const report = await runConformance({ target, seed: 1, selection: { filter, exclude: [] } });
  const unmeasured = report.results.filter(({ verdict }) => verdict === 'error');
  expect(unmeasured.map(({ clause, reason }) => `${clause.id}: ${reason}`)).toEqual([]);
  return report.results.filter(({ verdict }) => verdict === 'fail').map(({ clause }) => clause.id);
}

/** By defect, the clauses that name it: they have to fail, and what the defect does not touch must not. */
const caughtBy: Record<DefectName, readonly string[]> = {
  'self-not-subtracted': [
    'audio.minus-self.quiet-tones',
    'audio.minus-self.loud-tones',
    'audio.minus-self.quiet-speech',
    'audio.minus-self.loud-speech',
  ],
  'sum-wraps': ['audio.minus-self.loud-tones'],
  'mute-does-not-mute': ['audio.mute.silences'],
};
const untouched: Record<DefectName, readonly string[]> = {
  'self-not-subtracted': ['audio.all.everybody', 'audio.mute.silences'],
  'sum-wraps': ['audio.all.everybody', 'audio.minus-self.quiet-tones', 'audio.mute.silences'],
  'mute-does-not-mute': [
    'audio.all.everybody',
    'audio.minus-self.quiet-tones',
    'audio.minus-self.loud-tones',
  ],
};

describe('the suite', () => {
  it('finds nothing wrong with the sound emulator', { timeout: 120_000 }, async () => {
    expect(await failuresOf(undefined, '*')).toEqual([]);
  });

  it.each(Object.keys(defects) as DefectName[])(
    'catches an emulator with the defect %s',
    { timeout: 120_000 },
    async (defect) => {
      const failed = await failuresOf(defect, ...caughtBy[defect], ...untouched[defect]);
      expect(failed).toEqual(expect.arrayContaining([...caughtBy[defect]]));
      for (const id of untouched[defect]) expect(failed).not.toContain(id);
    },
  );
});
