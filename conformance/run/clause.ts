import type { ClauseDescription, Evidence, Verdict } from '../report.ts';
import type { RunContext } from './context.ts';

/** What came out of a clause. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly expected?: string;
  readonly actual?: string;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
}

/** One requirement and how it is measured. */
export interface Clause extends ClauseDescription {
  /** True: nothing else may run at the same time, because it looks at the server as a whole. */
  readonly exclusive?: boolean;
  /** Measures. An error that it throws becomes the verdict `error`: the instrument could not measure. */
  run(context: RunContext): Promise<Outcome>;
}

/** Something measured, and whether it is as it should be. */
export interface Judgement {
  readonly expected: string;
  readonly actual: string;
  readonly evidence?: readonly Evidence[];
}

/** `pass` or `fail`, by whether it holds. */
export function judge(holds: boolean, judgement: Judgement): Outcome {
  return { verdict: holds ? 'pass' : 'fail', ...judgement };
}

/** The documentation is silent: what was seen is recorded. */
export function observed(actual: string, evidence: readonly Evidence[] = []): Outcome {
  return { verdict: 'observed', actual, evidence };
}

/** The target itself gave a reason why the clause does not apply. */
export function notApplicable(reason: string, evidence: readonly Evidence[] = []): Outcome {
  return { verdict: 'not-applicable', reason, evidence };
}
