import { type CellDefectKind, findDefects } from '../picture/defects.ts';
import { loopMotion } from '../picture/loop-motion.ts';
import type { Evidence, MeasurementsEvidence } from '../report.ts';
import { type Clause, judge, type Outcome, observed } from '../run/clause.ts';
import type { Bars } from '../targets/target.ts';
import { unlessBusy } from './support/busy.ts';
import { judgeDefects } from './support/defect-verdict.ts';
import { tripleEvidence } from './support/grid-evidence.ts';
import { turnedPhone } from './support/mixed-members.ts';
import {
  type MixedShapes,
  mixedShapes,
  phoneIn,
  prepareShapes,
  type ShapeStep,
} from './support/mixed-shapes.ts';
import { framesOf } from './support/picture-changes.ts';
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
        return judge(false, { expected: 'a canvas to look at', actual });
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
/** Rates are measured over some seconds, from arrivals that are spread over a picture or two of the canvas. */
const rateTolerance = 0.1;
/** Of the pictures that a canvas can show; some are left out on a busy machine. */
const minShownShare = 0.75;
/**
 * The same for pictures at the canvas’s own rate. Where they happen to come just as it is drawn, each is there in time or
 * not by chance, and a quarter of the canvases on average, in four seconds up to a third, show nothing new.
 */
const minShownShareInStep = 0.6;
/**
 * Rates this close to each other stay in step for the seconds that are watched; 24 in 25 do not. The canvas’s own rate
 * is measured to about a hundredth.
 */
const inStepTolerance = 0.02;
/** Half a picture of the canvas: bots that are later have rates of their own. */
const maxLatenessMs = 20;
/** In so many of the canvases a member whose shape changes has to be there; a new decoder takes a picture or two. */
const minPresentShare = 0.8;

/** Members whose pictures have different shapes and rates. */
export const shapeClauses: readonly Clause[] = [
  shapesClause(
    {
      id: 'video.grid.shapes',
      title: 'everybody keeps the shape of the own picture',
      level: 'documented',
      requirement:
        'Members with pictures of 4:3, 16:9, 16:10, 21:9 and portrait are each shown once, upright, whole, and in their proportions.',
      statements: ['page.grid.grid'],
    },
    (shapes) =>
      withoutDefects(
        shapes,
        (step) => step.anywhereDefects,
        ['missing', 'doubled', 'unexpected', 'mirrored', 'rotated', 'stretched', 'cropped'],
        'every member once, upright and whole, stretched by at most 4 %',
      ),
  ),
  shapesClause(
    {
      id: 'video.grid.letterbox',
      title: 'where a picture is in its cell',
      level: 'undocumented',
      requirement:
        'Whether a picture of another shape than its cell is as large as the cell allows, in its middle.',
      statements: ['page.grid.grid'],
    },
    (shapes, bars) => {
      if (bars === undefined) {
        return observed(shapes.steps[0]!.geometry, shapes.steps.flatMap(evidenceOf));
      }
      return withoutDefects(
        shapes,
        (step) => step.defects,
        ['wrong-cell', 'misplaced'],
        'every picture as large as its cell allows, in the middle of it',
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
    ({ steps }) => {
      const differing = steps.flatMap((step) =>
        step.differing.filter(({ member }) => member.recorded).map((one) => ({ ...one, step })),
      );
      const worst = differing.reduce<(typeof differing)[number] | undefined>(
        (most, one) => (most === undefined || one.share > most.share ? one : most),
        undefined,
      );
      if (worst === undefined)
        return judge(false, { expected: 'recorded pictures', actual: 'none was found' });
      return judge(worst.share <= maxDifferingShare, {
        expected: `at most ${100 * maxDifferingShare} % of a picture differ`,
        actual: `at most ${(100 * worst.share).toFixed(1)} %, of ${worst.member.name}`,
        evidence: evidenceOf(worst.step),
      });
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
      const table = rateTable(shapes);
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
      title: 'a member whose shape changes while it publishes keeps its proportions',
      level: 'documented',
      requirement:
        'When a picture’s size changes within a stream, as when a phone is turned or a screen is shared, it is shown in its new shape.',
      statements: ['page.grid.grid'],
    },
    changeOfShape,
  ),
];

/** How everybody moved. */
function rateTable({ members, viewed }: MixedShapes): MeasurementsEvidence & { rows: { ok: boolean }[] } {
  const { canvases } = viewed;
  const spanMs = canvases.length < 2 ? 0 : canvases.at(-1)!.arrivalMs - canvases[0]!.arrivalMs;
  const canvasRate = spanMs > 0 ? ((canvases.length - 1) * 1000) / spanMs : 0;
  return {
    type: 'measurements',
    title: `Pictures in a second, in a canvas of ${canvasRate.toFixed(1)} a second`,
    rows: members.map(({ name, bot, fps, loopFrames }) => {
      const motion = loopMotion(framesOf(viewed, bot), loopFrames);
      const inStep = Math.abs(fps / canvasRate - 1) <= inStepTolerance;
      const least = (inStep ? minShownShareInStep : minShownShare) * Math.min(fps, canvasRate);
      const limit = `${fps}, ${least.toFixed(1)} of them new`;
      if (motion === undefined) {
        const isThere = canvases.some(({ cells }) => cells.some((cell) => cell.bot === bot));
        return { name, value: isThere ? 'it stands still' : 'it is not there', limit, ok: false };
      }
      const { passedPerSecond, shownPerSecond, backwardSteps } = motion;
      const back = backwardSteps === 0 ? '' : `, ${backwardSteps} steps back`;
      return {
        name,
        value: `${passedPerSecond.toFixed(1)} went by, ${shownPerSecond.toFixed(1)} new${back}`,
        limit,
        ok:
          Math.abs(passedPerSecond / fps - 1) <= rateTolerance &&
          shownPerSecond >= least &&
          backwardSteps === 0,
      };
    }),
  };
}

/** Every canvas counts, those of the change too: for a moment it may be missing, but never in a wrong shape. */
function changeOfShape({ viewed, steps, latenessP95Ms }: MixedShapes): Outcome {
  const seen = viewed.canvases.flatMap(({ cells }) => phoneIn(cells) ?? []);
  const wrong = seen.flatMap((cell) =>
    findDefects([cell], [{ bot: cell.bot }]).map(({ detail }) => `${sizeOf(cell.source)} ${detail}`),
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
    expected: `both shapes, in proportion, in at least ${100 * minPresentShare} % of the pictures`,
    actual: `${shown} of ${viewed.canvases.length} pictures${faults}`,
    evidence: steps.flatMap(evidenceOf),
  });
  // A wrong shape is wrong on any machine; to be missing is not.
  return wrong.length > 0 ? outcome : unlessBusy(outcome, latenessP95Ms, maxLatenessMs);
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${width}x${height}`;
}
