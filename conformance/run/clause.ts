import type { Need } from '../catalogue/needs.ts';
import type { StatementId } from '../catalogue/provenance.ts';
import type { ClauseDescription, Evidence, MeasuredVerdict } from '../report.ts';
import type { RunContext } from './context.ts';

/** What came out of a clause. */
export interface Outcome {
  readonly verdict: MeasuredVerdict;
  readonly expected?: string;
  readonly actual?: string;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  /** What was seen of what the documentation leaves open, by path of the profile: `rooms.muteToggles`. */
  readonly facts?: Facts;
  /** How often it had to be measured until this came out; a pass after more than one attempt is flaky. */
  readonly attempts?: number;
}

/** Values by path of the profile. */
export type Facts = Readonly<Record<string, unknown>>;

/** A clause finds while it runs that it does not apply; the message is the reason. */
export class NotApplicableError extends Error {
  override readonly name = 'NotApplicableError';
}

/** One requirement and how it is measured. */
export interface Clause extends ClauseDescription {
  /** What it measures; where the documentation is silent, the statements that leave it open. */
  readonly statements: readonly [StatementId, ...StatementId[]];
  readonly needs: readonly Need[];
  /**
   * True: nothing else may run at the same time, because it looks at the server as a whole, or at milliseconds. A word:
   * nothing but clauses of the same word, because other work disturbs times of pictures, and speech, in which single samples
   * that slip are heard as somebody's voice.
   */
  readonly exclusive?: boolean | 'pictures' | 'speech';
  /** What it measures takes longest: among its like it begins first, or the whole run would wait for it at the end. */
  readonly beginsFirst?: true;
  /**
   * Makes what is sent, where that takes long: it is done before any clause of the same `exclusive` begins, so that bots do
   * not join while others are measured. It lets other work go on in between. What it throws, `run` will meet.
   */
  prepare?(context: RunContext): Promise<unknown>;
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

/**
 * The documentation is silent: what was seen is recorded.
 * @param facts what of it a profile has a value for: with a profile it is judged by that
 */
export function observed(actual: string, evidence: readonly Evidence[] = [], facts: Facts = {}): Outcome {
  return { verdict: 'observed', actual, evidence, facts };
}

/** The target itself gave a reason why the clause does not apply. */
export function notApplicable(reason: string, evidence: readonly Evidence[] = []): Outcome {
  return { verdict: 'not-applicable', reason, evidence };
}
