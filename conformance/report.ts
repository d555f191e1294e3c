import type { Evidence } from './report-evidence.ts';

export type * from './report-evidence.ts';

/** How binding a clause is: said by the documentation, needed by the official clients, or said by nobody. */
export type ClauseLevel = 'documented' | 'client-required' | 'undocumented';

/**
 * - `pass`, `fail`: measured, and as required or not;
 * - `observed`: the documentation is silent, what was seen is recorded;
 * - `not-applicable`: the target itself gave a reason why it does not apply;
 * - `error`: the instrument could not measure, which says nothing about the target.
 */
export type MeasuredVerdict = 'pass' | 'fail' | 'observed' | 'not-applicable' | 'error';

/** What was measured, or `known`: a failure that the run's caller has named beforehand, with a reason. */
export type Verdict = MeasuredVerdict | 'known';

/** What the caller's list of known failures says of a clause. */
export interface KnownNote {
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly until?: string;
  /**
   * `counts`: the clause failed, as was known; `expired`: it failed, and the entry counts no more; `passes`: it
   * passed all the same, so the entry may go.
   */
  readonly state: 'counts' | 'expired' | 'passes';
}

/** What a clause says of itself, apart from how it is measured. */
export interface ClauseDescription {
  /** Stable for ever, dotted: `audio.minus-self.loud-tones`. The part before the first dot is the chapter. */
  readonly id: string;
  readonly title: string;
  readonly level: ClauseLevel;
  /** Where on the documentation page, or which client needs it. */
  readonly source: string;
  /** The requirement in our own words. */
  readonly requirement: string;
  /** Ids of what is said of the server, as `docs/clauses.md` lists it. */
  readonly statements: readonly string[];
  /** What it takes to measure it: `curl`, `whip`, `video`. */
  readonly needs: readonly string[];
}

/** What became of one clause. */
export interface ClauseResult {
  readonly clause: ClauseDescription;
  readonly verdict: Verdict;
  /** What was expected, for fail; may be given for every verdict. */
  readonly expected?: string;
  /** What came. */
  readonly actual?: string;
  /** Why it did not apply, or could not be measured. */
  readonly reason?: string;
  /** Passed only when it was tried again: counts against the target, see `reportExitCode`. */
  readonly flaky?: boolean;
  /** How often it was measured until this came out; missing: once. */
  readonly attempts?: number;
  /** Only where the list of known failures has something to say. */
  readonly known?: KnownNote;
  readonly durationMs: number;
  readonly evidence: readonly Evidence[];
  /** The command that runs this clause alone with the same seed. */
  readonly reproduce: string;
}

/** One run of the suite against one target. */
export interface Report {
  readonly toolVersion: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: number;
  readonly target: {
    /** `emulator started by the suite`, or the URL without its password. */
    readonly name: string;
    /** The target's Server header, where it sends one. */
    readonly server?: string;
  };
  readonly environment: { readonly node: string; readonly platform: string };
  /** True: what passed only when tried again does not count against the target in this run. */
  readonly allowFlaky?: boolean;
  /** Which part of a run this is; missing: it is a whole one. */
  readonly shard?: ShardOfReport;
  /** Sentences about the run that no clause can carry, such as known failures that have expired. */
  readonly notes?: readonly string[];
  /** In catalogue order. */
  readonly results: readonly ClauseResult[];
}

/** The part of a run that one of several machines did. */
export interface ShardOfReport {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** Ids of the clauses of all shards together, in catalogue order. */
  readonly planned: readonly string[];
}

/** What a reporter may hear of while the suite runs. */
export interface ReporterEvents {
  runStarted?(run: { readonly clauses: readonly ClauseDescription[]; readonly target: string }): void;
  clauseStarted?(clause: ClauseDescription): void;
  clauseFinished?(result: ClauseResult): void;
  runFinished?(report: Report): void | Promise<void>;
}

/** How many results have each verdict. */
export function countVerdicts(results: readonly ClauseResult[]): Record<Verdict, number> {
  const counts = { pass: 0, fail: 0, known: 0, observed: 0, 'not-applicable': 0, error: 0 };
  for (const result of results) counts[result.verdict] += 1;
  return counts;
}

/**
 * What the command line answers for a run that was made: 1 where something failed that was not known, could not be
 * measured, or passed only when tried again (unless the run allows it); else 0.
 */
export function reportExitCode(report: Pick<Report, 'results' | 'allowFlaky'>): 0 | 1 {
  const { fail, error } = countVerdicts(report.results);
  const flaky = report.allowFlaky === true ? 0 : flakyCount(report);
  return fail + error + flaky > 0 ? 1 : 0;
}

/** How many passed only when they were tried again. */
export function flakyCount(report: Pick<Report, 'results'>): number {
  return report.results.filter((result) => result.flaky === true).length;
}
