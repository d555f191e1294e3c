import { pictureToPng } from '../picture/evidence.ts';
import type { I420Picture } from '../picture/i420.ts';
import { scalePicture } from '../picture/scale.ts';
import type { PicturesEvidence } from '../report.ts';
import { type Clause, type Outcome, observed } from '../run/clause.ts';
import type { Bars } from '../targets/target.ts';
import { judgeLongest, judgeTime } from './busy.ts';
import { type PictureChanges, pictureChanges } from './picture-changes.ts';
import type { SeenCanvas } from './picture-reading/messages.ts';

/** Around a change either state is right for so long. */
export const transitionMs = 1000;

/**
 * A clause on the room whose members come and go. Times are measured in it: it is watched beside nothing else, whichever of its
 * clauses are selected.
 */
export function changesClause(
  description: Omit<Clause, 'run' | 'needs' | 'exclusive'>,
  verdict: (changes: PictureChanges, bars: Bars | undefined) => Outcome,
): Clause {
  return {
    ...description,
    needs: ['video', 'whip', 'whep'],
    exclusive: 'pictures',
    async run(context) {
      return verdict(await context.use(pictureChanges), context.target.bars);
    },
  };
}

/** Canvases between two moments, without the transition after the first. */
export function during({ first }: PictureChanges, fromMs: number, toMs: number): readonly SeenCanvas[] {
  return first.canvases.filter(({ arrivalMs }) => arrivalMs >= fromMs + transitionMs && arrivalMs < toMs);
}

/** In how many of the canvases a bot is seen, 0 to 1. */
export function shareWith(canvases: readonly SeenCanvas[], bot: number): number {
  if (canvases.length === 0) return 0;
  return canvases.filter(({ cells }) => cells.some((cell) => cell.bot === bot)).length / canvases.length;
}

/** `90 %` of a share. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

/** A figure in ms that only has a bar where the target promises one. */
export function figure(
  actual: string,
  value: number,
  bar: number | undefined,
  { latenessP95Ms }: PictureChanges,
  evidence: Outcome['evidence'] = [],
): Outcome {
  if (bar === undefined) return observed(actual, evidence);
  return judgeTime(value, bar, latenessP95Ms, { expected: `at most ${bar} ms`, actual, evidence });
}

/** The longest of many times in ms, which only has a bar where the target promises one. */
export function longestFigure(
  actual: string,
  longestMs: number,
  barMs: number | undefined,
  changes: PictureChanges,
  evidence: Outcome['evidence'] = [],
): Outcome {
  if (barMs === undefined) return observed(actual, evidence);
  return judgeLongest(longestMs, barMs, changes, { expected: `at most ${barMs} ms`, actual, evidence });
}

/** A canvas for the report, at half its size: enough to see who is where. None where nothing came. */
export function canvasEvidence(title: string, picture: I420Picture | undefined): PicturesEvidence[] {
  if (picture === undefined) return [];
  const half = (side: number) => 2 * Math.ceil(side / 4);
  const small = scalePicture(picture, half(picture.width), half(picture.height));
  const pngBase64 = pictureToPng(small).toString('base64');
  return [{ type: 'pictures', title, pictures: [{ label: 'actual', pngBase64 }] }];
}
