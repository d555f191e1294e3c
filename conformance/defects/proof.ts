import type { ClauseResult } from '../report.ts';
import type { Defect } from './defect.ts';

/** Whether the suite catches one defect by the clauses that name it. */
export interface Proof {
  readonly defect: string;
  /** Of the documentation, as in the ids of clauses: `audio`. */
  readonly chapter: string;
  readonly description: string;
  /** True: every clause that names the defect failed, and none did that it does not touch. */
  readonly holds: boolean;
  /** Clauses that name it, and failed. */
  readonly caughtBy: readonly string[];
  /** Clauses that name it, and did not fail, each with what became of it: a gap in the suite. */
  readonly missedBy: readonly string[];
  /** Clauses that it does not touch, and that failed, or did not apply any more. */
  readonly wronglyFailed: readonly string[];
  /** Clauses that it does not touch, and that could not be measured, with the reason; says nothing of the suite. */
  readonly unmeasured: readonly string[];
  readonly durationMs: number;
}

/** Judges what came of the clauses of one defect. */
export function proofOf(
  name: string,
  { description, caughtBy, untouched }: Defect,
  results: readonly ClauseResult[],
  durationMs: number,
): Proof {
  const resultOf = (id: string) => results.find(({ clause }) => clause.id === id);
  const isFailed = (id: string) => resultOf(id)?.verdict === 'fail';
  const became = (id: string) => {
    const { verdict = 'not run', reason } = resultOf(id) ?? {};
    return `${id}: ${verdict}${reason === undefined ? '' : `, ${reason}`}`;
  };
  const missed = caughtBy.filter((id) => !isFailed(id));
  const isWrong = (id: string) => isFailed(id) || resultOf(id)?.verdict === 'not-applicable';
  const wronglyFailed = untouched.filter(isWrong);
  return {
    defect: name,
    chapter: caughtBy[0].split('.', 1)[0]!,
    description,
    holds: missed.length === 0 && wronglyFailed.length === 0,
    caughtBy: caughtBy.filter(isFailed),
    missedBy: missed.map(became),
    wronglyFailed: wronglyFailed.map(became),
    unmeasured: untouched.filter((id) => !isWrong(id) && resultOf(id)?.verdict !== 'pass').map(became),
    durationMs,
  };
}
