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

/** By defect, the clauses that name it: they have to fail. What the defect does not touch must not. */
const expectations: Record<DefectName, { caughtBy: readonly string[]; untouched: readonly string[] }> = {
  'self-not-subtracted': {
    caughtBy: [
      'audio.minus-self.quiet-tones',
      'audio.minus-self.loud-tones',
      'audio.minus-self.quiet-speech',
      'audio.minus-self.loud-speech',
    ],
    untouched: ['audio.all.everybody', 'audio.mute.silences'],
  },
  'sum-wraps': {
    caughtBy: ['audio.minus-self.loud-tones'],
    untouched: ['audio.all.everybody', 'audio.minus-self.quiet-tones', 'audio.mute.silences'],
  },
  'rooms-share-sound': {
    caughtBy: ['audio.rooms.apart'],
    untouched: ['api.add-room'],
  },
  'mute-does-not-mute': {
    caughtBy: ['audio.mute.silences'],
    untouched: ['audio.all.everybody', 'audio.minus-self.quiet-tones', 'audio.minus-self.loud-tones'],
  },
  'grid-rows-and-columns-swapped': {
    caughtBy: ['video.grid.cells'],
    untouched: ['video.grid.everybody', 'video.grid.upright', 'video.grid.colours'],
  },
  'cell-frozen': { caughtBy: ['video.everybody-moves'], untouched: ['video.leave.gone'] },
  'cell-stretched': {
    caughtBy: ['video.grid.upright', 'video.grid.shapes'],
    untouched: ['video.grid.everybody', 'video.grid.colours', 'video.grid.frame-rates'],
  },
  'cell-cropped': {
    caughtBy: ['video.grid.shapes'],
    untouched: [],
  },
  'letterbox-at-the-corner': {
    caughtBy: ['video.grid.letterbox'],
    untouched: ['video.grid.shapes', 'video.grid.background', 'video.grid.clips'],
  },
  'letterbox-green': {
    caughtBy: ['video.grid.background'],
    untouched: ['video.grid.shapes', 'video.grid.letterbox', 'video.grid.clips'],
  },
  'shape-of-first-picture': {
    caughtBy: ['video.grid.change-of-shape'],
    untouched: ['video.grid.background', 'video.grid.clips', 'video.grid.frame-rates'],
  },
  'pictures-halting': {
    caughtBy: ['video.grid.frame-rates'],
    untouched: ['video.grid.shapes', 'video.grid.letterbox', 'video.grid.background'],
  },
  'chroma-exchanged': {
    caughtBy: ['video.grid.colours', 'video.grid.clips'],
    untouched: ['video.grid.everybody', 'video.grid.upright', 'video.grid.cells', 'video.grid.frame-rates'],
  },
  'leaver-stays': { caughtBy: ['video.leave.gone'], untouched: ['video.mute-video.covers'] },
  'muted-picture-frozen': { caughtBy: ['video.mute-video.covers'], untouched: ['video.leave.gone'] },
};

describe('the suite', () => {
  it('finds nothing wrong with the sound emulator', { timeout: 120_000 }, async () => {
    expect(await failuresOf(undefined, '*')).toEqual([]);
  });

  it.each(Object.keys(defects) as DefectName[])(
    'catches an emulator with the defect %s',
    { timeout: 120_000 },
    async (defect) => {
      const { caughtBy, untouched } = expectations[defect];
      const failed = await failuresOf(defect, ...caughtBy, ...untouched);
      expect(failed).toEqual(expect.arrayContaining([...caughtBy]));
      for (const id of untouched) expect(failed).not.toContain(id);
    },
  );
});
