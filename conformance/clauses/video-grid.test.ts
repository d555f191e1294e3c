import { describe, expect, it } from 'vitest';
import type { CellDefectKind } from '../picture/defects.ts';
import type { GridRules } from '../picture/grid-rules.ts';
import { outcomeOn } from '../run/testing.ts';
import { gridClauses } from './video-grid.ts';

const letterboxed: GridRules = { gridRule: 'ceil-sqrt', centreLastRow: true, cellFit: 'letterbox' };
const atTheLeft: GridRules = { ...letterboxed, centreLastRow: false };

const step = (members: number, more: object = {}) => ({
  ...{ members, defects: [], anywhereDefects: [], triple: undefined, geometry: `${members} cells` },
  ...{ comparison: { worstCellShare: 0.01, backgroundShare: 0 }, rules: [letterboxed], ...more },
});

const growth = (more: object = {}, ...steps: object[]) => ({
  ...{ width: 1280, height: 720, stampedRate: 25, mostInASecond: 25, limit: undefined, latenessMostMs: 0 },
  ...{ steps: [step(1), step(2), ...steps], ...more },
});

const bars = { canvas: { width: 1280, height: 720, fps: 25 } };
const outcomeOf = (id: string, measured: object, promised?: object) =>
  outcomeOn(gridClauses, id, measured, promised);

describe('what is wrong in a grid', () => {
  const having = (kind: CellDefectKind) => [{ kind, bot: 1, detail: `is ${kind}` }];

  it.each<[string, CellDefectKind[]]>([
    ['video.grid.everybody', ['missing', 'doubled', 'unexpected']],
    ['video.grid.upright', ['mirrored', 'rotated']],
    ['video.grid.colours', ['uv-exchanged', 'wrong-colour']],
  ])('fails %s where it is about that, at any number of members', async (id, kinds) => {
    expect(await outcomeOf(id, growth())).toMatchObject({ verdict: 'pass' });
    for (const kind of kinds) {
      const measured = growth({}, step(3, { anywhereDefects: having(kind) }));
      expect(await outcomeOf(id, measured)).toMatchObject({
        verdict: 'fail',
        actual: `with 3: bot 1 is ${kind}`,
      });
    }
    const other = growth({}, step(3, { anywhereDefects: having('misplaced') }));
    expect(await outcomeOf(id, other)).toMatchObject({ verdict: 'pass' });
  });

  it('may have come too late where somebody is missing, and not where somebody is mirrored', async () => {
    const late = { latenessMostMs: 60 };
    const missing = growth(late, step(3, { anywhereDefects: having('missing') }));
    expect(await outcomeOf('video.grid.everybody', missing)).toMatchObject({ verdict: 'error' });
    const mirrored = growth(late, step(3, { anywhereDefects: having('mirrored') }));
    expect(await outcomeOf('video.grid.upright', mirrored)).toMatchObject({ verdict: 'fail' });
  });

  it.each<CellDefectKind>(['wrong-cell', 'misplaced', 'stretched', 'cropped'])(
    'is a %s picture only where a target promises its cells',
    async (kind) => {
      const measured = growth({}, step(3, { defects: having(kind) }));
      expect(await outcomeOf('video.grid.cells', measured, bars)).toMatchObject({ verdict: 'fail' });
      expect(await outcomeOf('video.grid.cells', measured)).toMatchObject({ verdict: 'observed' });
    },
  );
});

describe('the rules of a grid', () => {
  const factsOf = async (...rules: GridRules[][]) =>
    (
      await outcomeOf('video.grid.cells', {
        ...growth(),
        steps: rules.map((some, n) => step(n + 1, { rules: some })),
      })
    ).facts;

  it('are those that fit at every step', async () => {
    expect(await factsOf([letterboxed, atTheLeft], [letterboxed])).toEqual({
      'video.gridRule': 'ceil-sqrt',
      'video.centreLastRow': true,
      'video.cellFit': 'letterbox',
    });
  });

  it('are left open where the steps do not tell them apart', async () => {
    expect(await factsOf([letterboxed, atTheLeft], [atTheLeft, letterboxed])).toEqual({
      'video.gridRule': 'ceil-sqrt',
      'video.cellFit': 'letterbox',
    });
  });

  it('are none that is known where none fits everywhere', async () => {
    expect(await factsOf([letterboxed], [atTheLeft])).toEqual({ 'video.gridRule': 'none that is known' });
  });
});

describe('the pixels of a canvas', () => {
  it.each([
    ['all as computed', {}, 'pass'],
    ['as much of a cell differing as may', { worstCellShare: 0.15 }, 'pass'],
    ['more of a cell differing', { worstCellShare: 0.16 }, 'fail'],
    ['more of the background differing', { backgroundShare: 0.16 }, 'fail'],
  ])('with %s: %#', async (_case, change, verdict) => {
    const comparison = { worstCellShare: 0.01, backgroundShare: 0, ...change };
    const measured = growth({}, step(3, { comparison }), step(4));
    expect(await outcomeOf('video.grid.pixels', measured, bars)).toMatchObject({ verdict });
  });

  it('are all wrong where there is no picture', async () => {
    const measured = growth({}, step(3, { comparison: undefined }));
    expect(await outcomeOf('video.grid.pixels', measured, bars)).toMatchObject({ verdict: 'fail' });
  });
});

describe('size and rate of the canvas', () => {
  it.each([
    ['as promised', {}, 'pass'],
    ['of another width', { width: 640 }, 'fail'],
    ['of another height', { height: 360 }, 'fail'],
    ['of another rate by the timestamps', { stampedRate: 24 }, 'fail'],
    ['of a rate that is only stamped', { mostInASecond: 23 }, 'fail'],
    ['of a rate that late bots did not reach', { mostInASecond: 23, latenessMostMs: 60 }, 'error'],
    ['of another width, with late bots', { width: 640, latenessMostMs: 60 }, 'fail'],
  ])('%s: %#', async (_case, change, verdict) => {
    expect(await outcomeOf('video.canvas', growth(change), bars)).toMatchObject({ verdict });
  });

  it('are recorded of any other target', async () => {
    expect(await outcomeOf('video.canvas', growth({ stampedRate: 14.9 }))).toMatchObject({
      verdict: 'observed',
      facts: { 'video.canvasWidth': 1280, 'video.canvasHeight': 720, 'video.fps': 15 },
    });
  });
});

it('tells why a grid grew no further', async () => {
  const { actual } = await outcomeOf('video.grid.everybody', growth({ limit: 'no more than 2' }));
  expect(actual).toBe('so with 1, 2 members; no more than 2');
});
