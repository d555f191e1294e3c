import type { CellDefect, CellDefectKind } from '../picture/defects.ts';
import type { Evidence } from '../report.ts';
import { judge, type Outcome } from '../run/clause.ts';

/** How canvases are judged by what is wrong in them. */
export interface DefectJudgement<Step> {
  /** The canvases, each at one time. */
  readonly steps: readonly Step[];
  readonly defectsOf: (step: Step) => readonly CellDefect[];
  /** What the clause is about. */
  readonly kinds: readonly CellDefectKind[];
  readonly expected: string;
  /** What is told where nothing is wrong. */
  readonly sound: string;
  readonly textOf: (step: Step, defect: CellDefect) => string;
  /** @param wrong the first canvas in which something is wrong; undefined where there is none */
  readonly evidenceOf: (wrong: Step | undefined) => readonly Evidence[];
}

/** So many defects are told one by one. */
const told = 6;

/** Judges canvases by the kinds of defects that a clause is about. */
export function judgeDefects<Step>({
  steps,
  defectsOf,
  kinds,
  expected,
  sound,
  textOf,
  evidenceOf,
}: DefectJudgement<Step>): Outcome {
  const wrong = steps.flatMap((step) =>
    defectsOf(step)
      .filter(({ kind }) => kinds.includes(kind))
      .map((defect) => ({ step, text: textOf(step, defect) })),
  );
  const texts = [...new Set(wrong.map(({ text }) => text))];
  const more = texts.length - told;
  return judge(wrong.length === 0, {
    expected,
    actual:
      wrong.length === 0
        ? sound
        : `${texts.slice(0, told).join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    evidence: evidenceOf(wrong[0]?.step),
  });
}
