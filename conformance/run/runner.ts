import { once } from 'node:events';
import { redactDeep, redactor } from '../http/redact.ts';
import type { ClauseResult, ReporterEvents } from '../report.ts';
import type { ExpectedProfile } from '../targets/profile.ts';
import { type Clause, NotApplicableError, notApplicable, type Outcome } from './clause.ts';
import type { RunContext } from './context.ts';
import { judgeByProfile } from './judge-by-profile.ts';
import { unlessUnavailable } from './unless-unavailable.ts';
import { Witnessed } from './witnessed.ts';
import { witnessedEvidence } from './witnessed-evidence.ts';

export interface RunnerOptions {
  readonly clauses: readonly Clause[];
  readonly context: RunContext;
  readonly reporters: readonly ReporterEvents[];
  /** Stop at the first clause that fails or cannot be measured. */
  readonly bail?: boolean;
  /** Clauses that run at the same time. */
  readonly concurrency: number;
  /** What known failures make of a result; missing: nothing is known. */
  readonly judgeKnown?: ((result: ClauseResult) => ClauseResult) | undefined;
  /** The command that runs one clause alone. */
  readonly reproduce: (clause: Clause) => string;
  /** Called when a clause has ended, before the next begins. */
  readonly afterEach?: (() => Promise<void>) | undefined;
  /** Judges what would only be observed; missing: it is observed. */
  readonly profile?: ExpectedProfile | undefined;
  /** A clause that takes longer is given up: the instrument hangs, which says nothing about the target. */
  readonly clauseTimeoutMs: number;
  /** Ends the run at once: the clauses that are running get no result. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs clauses side by side: first those on times of pictures, then all that nothing disturbs, then those on speech; and
 * last, one by one, those that run alone, when every process has found its pace.
 * @returns results in the order of the catalogue, with no credentials in them; of clauses that were not
 *   reached, or not finished when the run was ended, none
 */
export async function runClauses(options: RunnerOptions): Promise<ClauseResult[]> {
  const { clauses, bail = false, concurrency, signal } = options;
  const results = new Map<Clause, ClauseResult>();
  let stopped = false;
  const runNext = async (queue: Clause[]): Promise<void> => {
    for (let clause = queue.shift(); clause !== undefined; clause = queue.shift()) {
      if (stopped || signal?.aborted) return;
      const result = await runClause(clause, options);
      if (result === undefined) return;
      results.set(clause, result);
      if (bail && (result.verdict === 'fail' || result.verdict === 'error')) stopped = true;
    }
  };
  const sideBySide = async (group: readonly Clause[]) => {
    const queue = group.toSorted((a, b) => Number(b.beginsFirst ?? false) - Number(a.beginsFirst ?? false));
    return Promise.all(Array.from({ length: concurrency }, () => runNext(queue)));
  };
  const groups = (['pictures', false, 'speech', true] as const).map((kind) =>
    clauses.filter(({ exclusive = false }) => exclusive === kind),
  );
  const prepare = (group: readonly Clause[] = []) =>
    unlessAborted(prepareAll(group, options.context), signal);
  await prepare(groups[0]);
  for (const [n, group] of groups.entries()) {
    // What a run that ends would never send need not be made.
    if (stopped || signal?.aborted) break;
    const isAlone = group[0]?.exclusive === true;
    const running = isAlone ? runNext([...group]) : sideBySide(group);
    // While bots are listened to, this process has little to do.
    await Promise.all([running, prepare(groups[n + 1])]);
  }
  return clauses.flatMap((clause) => results.get(clause) ?? []);
}

async function prepareAll(clauses: readonly Clause[], context: RunContext): Promise<void> {
  await Promise.allSettled(clauses.map(async (clause) => clause.prepare?.(context)));
}

/** Settles with the work, or when the run is ended: what has been made is to be removed then, not to be waited for. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  const settled = new AbortController();
  const aborted = once(signal, 'abort', { signal: settled.signal }).catch(() => {});
  await Promise.race([work, signal.aborted ? undefined : aborted]);
  settled.abort();
}

async function runClause(clause: Clause, options: RunnerOptions): Promise<ClauseResult | undefined> {
  for (const reporter of options.reporters) reporter.clauseStarted?.(clause);
  const startedMs = performance.now();
  const witnessed = new Witnessed();
  const outcome = await witnessed.during(() => outcomeOf(clause, options));
  await options.afterEach?.();
  if (outcome === undefined) return undefined;
  const durationMs = performance.now() - startedMs;
  const { id, title, level, source, requirement, statements, needs } = clause;
  const {
    attempts = 1,
    facts: _,
    ...measured
  } = unlessUnavailable(judgeByProfile(outcome, options.profile), witnessed);
  const { target, prefix } = options.context;
  const own = outcome.evidence ?? [];
  const evidence = [...own, ...(await witnessedEvidence(witnessed, own, prefix))];
  const found: ClauseResult = {
    clause: { id, title, level, source, requirement, statements, needs },
    ...redactDeep({ ...measured, evidence }, redactor(target.credentials)),
    durationMs,
    reproduce: options.reproduce(clause),
    ...(attempts > 1 && { attempts }),
    ...(attempts > 1 && measured.verdict === 'pass' && { flaky: true }),
  };
  const result = options.judgeKnown?.(found) ?? found;
  for (const reporter of options.reporters) reporter.clauseFinished?.(result);
  return result;
}

/** What comes of a clause within its time; undefined where the run is ended before. */
function outcomeOf(
  clause: Clause,
  { context, signal, clauseTimeoutMs }: RunnerOptions,
): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome | undefined) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve(outcome);
    };
    const stop = () => settle(undefined);
    const fail = (reason: string) => settle({ verdict: 'error', reason });
    const timer = setTimeout(() => fail(`gave up after ${clauseTimeoutMs / 1000} s`), clauseTimeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    // In an async function, so that a clause that throws before its first await is caught as well.
    const running = (async () => clause.run(context))();
    running.then(settle, (error: unknown) => {
      if (error instanceof NotApplicableError) settle(notApplicable(error.message));
      else fail(reasonOf(error));
    });
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}${cause}`;
}
