import type { ClauseResult, Report, Verdict } from '../report.ts';
import { sameObservation } from './observation.ts';

/** What is said of a run that is compared. */
export interface ComparedRun {
  readonly target: string;
  readonly server?: string;
  readonly startedAt: string;
  readonly toolVersion: string;
  readonly clauses: number;
}

/** A clause whose verdict is another one. */
export interface VerdictChange {
  readonly id: string;
  readonly title: string;
  readonly before: ComparedVerdict;
  readonly after: ComparedVerdict;
}

/** A verdict, with what tells why. */
export interface ComparedVerdict {
  readonly verdict: Verdict;
  readonly flaky: boolean;
  readonly actual?: string;
  readonly reason?: string;
}

/** An observation that is another one. */
export interface ObservationChange {
  readonly id: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  /** Only figures differ, as they do from run to run: times, levels, ports. */
  readonly figuresOnly: boolean;
}

/** A clause that only one of the runs has. */
export interface LoneClause {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
}

/** What changed from one run to another. Lists are in catalogue order. */
export interface Comparison {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly newlyFailing: readonly VerdictChange[];
  readonly newlyPassing: readonly VerdictChange[];
  readonly otherVerdicts: readonly VerdictChange[];
  readonly observations: readonly ObservationChange[];
  readonly onlyBefore: readonly LoneClause[];
  readonly onlyAfter: readonly LoneClause[];
  /** Clauses with the same verdict in both. */
  readonly unchanged: number;
}

/**
 * What changed from one run to another. A clause fails where its verdict is `fail`, or where it passed only when
 * tried again; a known failure does not count as one. Clauses are matched by their ids.
 */
export function compareReports(before: Report, after: Report): Comparison {
  const earlier = new Map(before.results.map((result) => [result.clause.id, result]));
  const later = new Set(after.results.map((result) => result.clause.id));
  const pairs = after.results.flatMap((result) => {
    const previous = earlier.get(result.clause.id);
    return previous === undefined ? [] : [{ previous, result }];
  });
  const changes = pairs.filter(({ previous, result }) => standing(previous) !== standing(result));
  const newlyFailing = changes.filter(({ previous, result }) => fails(result) && !fails(previous));
  const newlyPassing = changes
    .filter(({ result }) => result.verdict === 'pass' && !fails(result))
    .filter(({ previous }) => fails(previous) || previous.verdict === 'known');
  const others = changes.filter((pair) => !newlyFailing.includes(pair) && !newlyPassing.includes(pair));
  return {
    before: runOf(before),
    after: runOf(after),
    newlyFailing: newlyFailing.map(verdictChange),
    newlyPassing: newlyPassing.map(verdictChange),
    otherVerdicts: others.map(verdictChange),
    observations: pairs.flatMap(observationChange),
    onlyBefore: before.results.filter(({ clause }) => !later.has(clause.id)).map(lone),
    onlyAfter: after.results.filter(({ clause }) => !earlier.has(clause.id)).map(lone),
    unchanged: pairs.length - changes.length,
  };
}

interface Pair {
  readonly previous: ClauseResult;
  readonly result: ClauseResult;
}

function fails({ verdict, flaky }: ClauseResult): boolean {
  return verdict === 'fail' || flaky === true;
}

function standing({ verdict, flaky }: ClauseResult): string {
  return flaky === true ? `${verdict}, flaky` : verdict;
}

function verdictChange({ previous, result }: Pair): VerdictChange {
  const { id, title } = result.clause;
  return { id, title, before: comparedVerdict(previous), after: comparedVerdict(result) };
}

function comparedVerdict({ verdict, flaky, actual, reason }: ClauseResult): ComparedVerdict {
  return {
    verdict,
    flaky: flaky === true,
    ...(actual !== undefined && { actual }),
    ...(reason !== undefined && { reason }),
  };
}

function observationChange({ previous, result }: Pair): ObservationChange[] {
  if (previous.verdict !== 'observed' || result.verdict !== 'observed') return [];
  const before = previous.actual ?? '';
  const after = result.actual ?? '';
  const same = sameObservation(before, after);
  if (same === 'yes') return [];
  const { id, title } = result.clause;
  return [{ id, title, before, after, figuresOnly: same === 'figures' }];
}

function lone({ clause: { id, title }, verdict }: ClauseResult): LoneClause {
  return { id, title, verdict };
}

function runOf({ target, startedAt, toolVersion, results }: Report): ComparedRun {
  return {
    target: target.name,
    ...(target.server !== undefined && { server: target.server }),
    startedAt,
    toolVersion,
    clauses: results.length,
  };
}
