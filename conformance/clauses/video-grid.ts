import type { CellDefectKind } from '../picture/defects.ts';
import { commonRules, type GridRules } from '../picture/grid-rules.ts';
import type { PicturesEvidence } from '../report.ts';
import { type Clause, type Facts, judge, type Outcome, observed } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { unlessLate } from '../scenarios/busy.ts';
import { judgeDefects } from '../scenarios/defect-verdict.ts';
import { tripleEvidence } from '../scenarios/grid-evidence.ts';
import { type GridGrowth, type GridStep, gridGrowth, prepareGrowth } from '../scenarios/grid-growth.ts';

const source = 'introduction, on the grid in a shared graphic buffer';

/** A clause on the room that grows. */
function gridClause(
  description: Pick<Clause, 'id' | 'title' | 'level' | 'requirement' | 'statements' | 'beginsFirst'>,
  verdict: (growth: GridGrowth, context: RunContext) => Outcome,
): Clause {
  return {
    ...description,
    source,
    needs: ['video', 'whip', 'whep'],
    prepare: prepareGrowth,
    async run(context) {
      const growth = await context.use(gridGrowth);
      const outcome = verdict(growth, context);
      return growth.limit === undefined
        ? outcome
        : { ...outcome, actual: `${outcome.actual}; ${growth.limit}` };
    },
  };
}

/** Judges every step by the kinds of defects that a clause is about. */
function withoutDefects(
  { steps }: GridGrowth,
  defectsOf: (step: GridStep) => GridStep['defects'],
  kinds: readonly CellDefectKind[],
  expected: string,
): Outcome {
  return judgeDefects({
    ...{ steps, defectsOf, kinds, expected },
    sound: `so with ${steps.map(({ members }) => members).join(', ')} members`,
    textOf: ({ members }, { bot, detail }) => `with ${members}: bot ${bot} ${detail}`,
    evidenceOf: (wrong) => pictures(wrong ?? steps.find(({ members }) => members === 5) ?? steps.at(-1)!),
  });
}

function pictures({ triple, members }: GridStep): PicturesEvidence[] {
  if (triple === undefined) return [];
  return [tripleEvidence(`The canvas with ${members} ${members === 1 ? 'member' : 'members'}`, triple)];
}

/** The rules that put everybody where they are at every step, as far as these steps tell them apart. */
function gridFacts({ steps }: GridGrowth): Facts {
  const fitting = steps.map(({ rules }) => rules.map((rule) => JSON.stringify(rule)));
  const common = fitting.reduce((left, right) => left.filter((rule) => right.includes(rule)));
  if (common.length === 0) return videoFacts({ gridRule: 'none that is known' });
  return videoFacts(commonRules(common.map((rule) => JSON.parse(rule) as GridRules)));
}

function videoFacts(values: Readonly<Record<string, unknown>>): Facts {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`video.${name}`, value]));
}

/** More of a cell that differs than this is another picture; x264 and rounding leave less. */
export const maxDifferingShare = 0.15;

/** Everybody in one grid. */
export const gridClauses: readonly Clause[] = [
  gridClause(
    {
      id: 'video.grid.everybody',
      title: 'everybody is in the picture, exactly once',
      level: 'documented',
      requirement: 'The pictures of all participants are shown as a grid: each once, and nobody else.',
      statements: ['page.grid.grid', 'page.intro.one-of-many', 'page.setup.disable-video'],
      beginsFirst: true,
    },
    (growth) =>
      unlessLate(
        withoutDefects(
          growth,
          (step) => step.anywhereDefects,
          ['missing', 'doubled', 'unexpected'],
          'every member exactly once',
        ),
        growth,
      ),
  ),
  gridClause(
    {
      id: 'video.grid.upright',
      title: 'nobody is mirrored or turned',
      level: 'documented',
      requirement: 'A participant’s picture is shown upright, and not mirrored, as it was published.',
      statements: ['page.grid.grid'],
    },
    (growth) =>
      withoutDefects(
        growth,
        (step) => step.anywhereDefects,
        ['mirrored', 'rotated'],
        'every picture upright, and none mirrored',
      ),
  ),
  gridClause(
    {
      id: 'video.grid.colours',
      title: 'colours are as published',
      level: 'documented',
      requirement: 'A participant’s picture has the colours that were published; U and V are not exchanged.',
      statements: ['page.grid.grid'],
    },
    (growth) =>
      withoutDefects(
        growth,
        (step) => step.anywhereDefects,
        ['uv-exchanged', 'wrong-colour'],
        'every bot’s own colour',
      ),
  ),
  gridClause(
    {
      id: 'video.grid.cells',
      title: 'where everybody is in the grid',
      level: 'undocumented',
      requirement:
        'Which cell each participant has, and how its picture fills it: ceil(sqrt n) columns, row by row in joining order, the last row centred, pictures whole and in proportion.',
      statements: ['page.grid.grid'],
    },
    (growth, { target }) => {
      if (target.bars === undefined) {
        const geometry = growth.steps.map(({ members, geometry }) => `${members}: ${geometry}`).join('; ');
        return observed(geometry, growth.steps.flatMap(pictures), gridFacts(growth));
      }
      return withoutDefects(
        growth,
        (step) => step.defects,
        ['wrong-cell', 'misplaced', 'stretched', 'cropped'],
        'everybody whole in the cell of its place in joining order',
      );
    },
  ),
  gridClause(
    {
      id: 'video.grid.pixels',
      title: 'the canvas is the expected one, pixel by pixel',
      level: 'undocumented',
      requirement:
        'How much of each cell, and of the black around, differs from the canvas the suite computes.',
      statements: ['page.grid.grid'],
    },
    (growth, { target }) => {
      const shares = growth.steps.map(({ members, comparison }) => ({
        members,
        share: comparison === undefined ? 1 : Math.max(comparison.worstCellShare, comparison.backgroundShare),
      }));
      const worst = shares.reduce((most, one) => (one.share > most.share ? one : most));
      const actual = `at most ${(100 * worst.share).toFixed(1)} % of a cell or of the background, with ${worst.members} members`;
      const evidence = growth.steps.flatMap(pictures);
      if (target.bars === undefined) return observed(actual, evidence);
      const expected = `at most ${100 * maxDifferingShare} %`;
      return unlessLate(judge(worst.share <= maxDifferingShare, { expected, actual, evidence }), growth);
    },
  ),
  gridClause(
    {
      id: 'video.canvas',
      title: 'size and rate of the canvas',
      level: 'undocumented',
      requirement: 'How large the shared picture is, and how many come in a second.',
      statements: ['page.grid.size'],
    },
    (growth, { target }) => {
      const { width, height, stampedRate, mostInASecond } = growth;
      const rate = `${stampedRate.toFixed(1)} pictures a second by their timestamps`;
      const actual = `${width}x${height}, ${rate}, ${mostInASecond} came in the fullest second`;
      const wanted = target.bars?.canvas;
      if (wanted === undefined) {
        const facts = { canvasWidth: width, canvasHeight: height, fps: Math.round(stampedRate) };
        return observed(actual, [], videoFacts(facts));
      }
      const sized = width === wanted.width && height === wanted.height;
      const paced = Math.abs(stampedRate - wanted.fps) < 1 && mostInASecond >= wanted.fps - 1;
      const expected = `${wanted.width}x${wanted.height}, ${wanted.fps} pictures a second`;
      const outcome = judge(sized && paced, { expected, actual });
      return sized ? unlessLate(outcome, growth) : outcome;
    },
  ),
];
