import { type CellDefectKind, findDefects } from '../picture/defects.ts';
import type { Evidence } from '../report.ts';
import { type Clause, judge, notApplicable, type Outcome, observed } from '../run/clause.ts';
import { unlessBusy, unlessLate } from '../scenarios/busy.ts';
import { judgeDefects } from '../scenarios/defect-verdict.ts';
import { tripleEvidence } from '../scenarios/grid-evidence.ts';
import { turnedPhone } from '../scenarios/mixed-members.ts';
import { type MixedShapes, mixedShapes, prepareShapes, type ShapeStep } from '../scenarios/mixed-shapes.ts';
import { phoneIn } from '../scenarios/picture-reading/shape-watcher.ts';
import { minShownShare, minShownShareInStep, rateTable, rateTolerance } from '../scenarios/shown-rates.ts';
import type { Bars } from '../targets/target.ts';
import { maxDifferingShare } from './video-grid.ts';

const source = 'introduction, on the grid in a shared graphic buffer';

/** A clause on the room whose members have mixed shapes. */
function shapesClause(
  description: Pick<Clause, 'id' | 'title' | 'level' | 'requirement' | 'statements'>,
  verdict: (shapes: MixedShapes, bars: Bars | undefined) => Outcome,
): Clause {
  return {
    ...description,
    source,
    needs: ['video', 'whip', 'whep'],
    // It measures rates, and its many members would disturb other times of pictures.
    exclusive: true,
    prepare: prepareShapes,
    async run(context) {
      const shapes = await context.use(mixedShapes);
      if (shapes.steps.length === 0) {
        const actual = `${shapes.viewed.canvases.length} pictures, in none of which the canvas stood for half a second`;
        return unlessLate(judge(false, { expected: 'a canvas to look at', actual }), shapes);
      }
      return verdict(shapes, context.target.bars);
    },
  };
}

/** Judges both canvases by the kinds of defects that a clause is about. */
function withoutDefects(
  { steps, members }: MixedShapes,
  defectsOf: (step: ShapeStep) => ShapeStep['defects'],
  kinds: readonly CellDefectKind[],
  expected: string,
): Outcome {
  const nameOf = (bot: number) => members.find((member) => member.bot === bot)?.name ?? `bot ${bot}`;
  return judgeDefects({
    ...{ steps, defectsOf, kinds, expected },
    sound: `so with ${members.length} members: ${members.map(({ name }) => name).join(', ')}`,
    textOf: (_step, { bot, detail }) => `${nameOf(bot)} ${detail}`,
    evidenceOf: (wrong) => evidenceOf(wrong ?? steps[0]!),
  });
}

/** A canvas, and where everybody was found in it. */
function evidenceOf({ phone, triple, geometry }: ShapeStep): Evidence[] {
  const title = `The canvas while bot ${turnedPhone.bot} was ${phone.width}x${phone.height}`;
  return [
    tripleEvidence(title, triple),
    { type: 'note', title: 'Where everybody was found', text: geometry },
  ];
}

/** More of the background that is not black is more than ringing. */
const maxNotBlackShare = 0.01;
/** Half a picture of the canvas: bots that are later have rates of their own. */
const maxLatenessMs = 20;
/** In so many of the canvases a member whose shape changes has to be there; a new decoder takes a picture or two. */
const minPresentShare = 0.8;

/** Members whose pictures have different shapes and rates. */
export const shapeClauses: readonly Clause[] = [
  shapesClause(
    {
      id: 'video.grid.shapes',
      title: 'pictures of all shapes are in the grid',
      level: 'documented',
      requirement:
        'Members with pictures of 4:3, 16:9, 16:10, 21:9 and portrait are each shown once, upright.',
      statements: ['page.grid.grid'],
    },
    (shapes) =>
      unlessLate(
        withoutDefects(
          shapes,
          (step) => step.anywhereDefects,
          ['missing', 'doubled', 'unexpected', 'mirrored', 'rotated'],
          'every member once and upright',
        ),
        shapes,
      ),
  ),
  shapesClause(
    {
      id: 'video.grid.letterbox',
      title: 'how a picture fills its cell',
      level: 'undocumented',
      requirement:
        'Whether a picture of another shape than its cell is whole, in its proportions, as large as the cell allows, and in its middle.',
      statements: ['page.grid.grid'],
    },
    (shapes, bars) => {
      if (bars === undefined) {
        return observed(shapes.steps[0]!.geometry, shapes.steps.flatMap(evidenceOf));
      }
      return withoutDefects(
        shapes,
        (step) => step.defects,
        ['wrong-cell', 'misplaced', 'stretched', 'cropped'],
        'every picture whole, stretched by at most 4 %, as large as its cell allows, in the middle of it',
      );
    },
  ),
  shapesClause(
    {
      id: 'video.grid.background',
      title: 'what is beside the pictures',
      level: 'undocumented',
      requirement:
        'Which colour letterbox bars and empty places have, and that nothing else is left in them.',
      statements: ['page.grid.grid'],
    },
    ({ steps, worstBackground }, bars) => {
      if (worstBackground === undefined) {
        const reason = 'in no picture was everybody found, so that bars cannot be told from pictures';
        return { verdict: 'error', reason, evidence: evidenceOf(steps[0]!) };
      }
      const { colour, notBlackShare, points } = worstBackground;
      const share = `${(100 * notBlackShare).toFixed(1)} %`;
      const actual = `Y ${colour.y} U ${colour.u} V ${colour.v}; ${share} of ${points} points are not black`;
      const evidence = evidenceOf(steps[0]!);
      if (bars === undefined) return observed(actual, evidence);
      const expected = `at most ${100 * maxNotBlackShare} % not black, in every picture`;
      return judge(points > 0 && notBlackShare <= maxNotBlackShare, { expected, actual, evidence });
    },
  ),
  shapesClause(
    {
      id: 'video.grid.clips',
      title: 'recorded pictures are shown as they were published',
      level: 'documented',
      requirement: 'What a participant’s picture shows is what it published, pixel by pixel, colours too.',
      statements: ['page.intro.h264', 'page.mix.members-frames'],
    },
    (shapes) => {
      const { steps, viewed } = shapes;
      const differing = steps.flatMap((step) =>
        step.differing.filter(({ member }) => member.recorded).map((one) => ({ ...one, step })),
      );
      const worst = differing.reduce<(typeof differing)[number] | undefined>(
        (most, one) => (most === undefined || one.share > most.share ? one : most),
        undefined,
      );
      if (worst === undefined) {
        if (viewed.canvases.some(({ cells }) => cells.some(({ cropped }) => cropped)))
          return notApplicable('no recorded picture is there whole: they are cut off at their sides');
        return judge(false, { expected: 'recorded pictures', actual: 'none was found' });
      }
      const outcome = judge(worst.share <= maxDifferingShare, {
        expected: `at most ${100 * maxDifferingShare} % of a picture differ`,
        actual: `at most ${(100 * worst.share).toFixed(1)} %, of ${worst.member.name}`,
        evidence: evidenceOf(worst.step),
      });
      return unlessLate(outcome, shapes);
    },
  ),
  shapesClause(
    {
      id: 'video.grid.frame-rates',
      title: 'pictures of other rates move at their own rate',
      level: 'documented',
      requirement:
        'The grid shows what participants publish now: pictures of 7.5 to 30 a second are neither slower nor faster there, and none is halting.',
      statements: ['page.mix.members-frames'],
    },
    (shapes) => {
      const table = rateTable(shapes.members, shapes.viewed);
      const wrong = table.rows.filter(({ ok }) => !ok);
      const rows = wrong.length === 0 ? table.rows : wrong;
      const outcome = judge(wrong.length === 0, {
        expected: `each at its own rate to ${100 * rateTolerance} %, and at least ${100 * minShownShare} % of what the canvas can show, ${100 * minShownShareInStep} % of pictures at its own rate`,
        actual: rows.map(({ name, value }) => `${name}: ${value}`).join('; '),
        evidence: [table],
      });
      return unlessBusy(outcome, shapes.latenessP95Ms, maxLatenessMs);
    },
  ),
  shapesClause(
    {
      id: 'video.grid.change-of-shape',
      title: 'a member whose shape changes while it publishes is shown in its new shape',
      level: 'documented',
      requirement:
        'When a picture’s size changes within a stream, as when a phone is turned or a screen is shared, it is shown in its new shape, as whole and in proportion as others are.',
      statements: ['page.grid.grid'],
    },
    changeOfShape,
  ),
];

/** Every canvas counts, those of the change too: for a moment it may be missing, but never in a wrong shape. */
function changeOfShape({ viewed, steps, latenessP95Ms }: MixedShapes): Outcome {
  const seen = viewed.canvases.flatMap(({ cells }) => phoneIn(cells) ?? []);
  // A server that fills cells by stretching or cutting does so with everybody: nothing is said about that.
  const asOthers = new Set(
    steps.flatMap((step) =>
      step.anywhereDefects
        .filter(({ kind, bot }) => (kind === 'stretched' || kind === 'cropped') && bot !== turnedPhone.bot)
        .map(({ kind }) => kind),
    ),
  );
  const wrong = seen.flatMap((cell) =>
    findDefects([cell], [{ bot: cell.bot }])
      .filter(({ kind }) => !asOthers.has(kind))
      .map(({ detail }) => `${sizeOf(cell.source)} ${detail}`),
  );
  const counts = turnedPhone.shapes.map((shape) => {
    const inShape = seen.filter(
      ({ source: { width, height } }) => width === shape.width && height === shape.height,
    );
    return { shape: sizeOf(shape), pictures: inShape.length };
  });
  const share = viewed.canvases.length === 0 ? 0 : seen.length / viewed.canvases.length;
  const shown = counts.map(({ shape, pictures }) => `${shape} in ${pictures}`).join(', ');
  const holds =
    wrong.length === 0 && share >= minPresentShare && counts.every(({ pictures }) => pictures > 0);
  const faults =
    wrong.length === 0 ? '' : `; ${wrong.length} wrong: ${[...new Set(wrong)].slice(0, 4).join('; ')}`;
  const outcome = judge(holds, {
    expected: `both shapes, as whole and in proportion as others, in at least ${100 * minPresentShare} % of the pictures`,
    actual: `${shown} of ${viewed.canvases.length} pictures${faults}`,
    evidence: steps.flatMap(evidenceOf),
  });
  // A wrong shape is wrong on any machine; to be missing is not.
  return wrong.length > 0 ? outcome : unlessBusy(outcome, latenessP95Ms, maxLatenessMs);
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${width}x${height}`;
}
