import { catalogue } from './clauses/index.ts';
import { shellQuote } from './http/shell-words.ts';
import { knownJudge } from './known/judge-known.ts';
import type { KnownFailure } from './known/known-file.ts';
import { preflight } from './preflight/preflight.ts';
import { findWays } from './preflight/ways.ts';
import type { Report, ReporterEvents } from './report.ts';
import { RunContext } from './run/context.ts';
import { runClauses } from './run/runner.ts';
import { type Selection, selectClauses } from './run/select.ts';
import { clausesOfShard, type Shard } from './shard/split.ts';
import type { ExpectedProfile } from './targets/profile.ts';
import type { Target } from './targets/target.ts';
import { toolVersion } from './tool-version.ts';

export { catalogue } from './clauses/index.ts';
export { type KnownFailure, KnownFileError, readKnownFile } from './known/known-file.ts';
export type { ClauseDescription, ClauseResult, Report, ReporterEvents, Verdict } from './report.ts';
export { reportExitCode } from './report.ts';
export { OutputError, outputError, prepareOutputFolder } from './run/output-folder.ts';
export { EmptySelectionError, selectClauses } from './run/select.ts';
export { clausesOfShard, type Shard, ShardError } from './shard/split.ts';
export { startEmbeddedTarget } from './targets/embedded.ts';
export { type ExpectedProfile, ProfileFileError, readProfileFile } from './targets/profile.ts';
export type { Target } from './targets/target.ts';
export { TargetError, urlTarget } from './targets/url.ts';

/** How the suite is run. */
export interface ConformanceOptions {
  readonly target: Target;
  readonly selection?: Selection;
  readonly reporters?: readonly ReporterEvents[];
  readonly bail?: boolean;
  /** Default: drawn. The same seed sends the same sound. */
  readonly seed?: number;
  /** What is known to fail: such failures are reported as `known`; default: nothing. */
  readonly known?: readonly KnownFailure[];
  /** What passes only when tried again does not count against the target; default false. */
  readonly allowFlaky?: boolean;
  /** Only this part of the clauses that are selected; default: all of them. */
  readonly shard?: Shard;
  /** Judges what the documentation leaves open and is otherwise only observed. */
  readonly profile?: ExpectedProfile;
  /** Longest time for one clause; default a minute, and more where scenarios take turns in one room. */
  readonly clauseTimeoutMs?: number;
  /** Ends the run early; what it has made on the server is removed all the same. */
  readonly signal?: AbortSignal;
}

/** Clauses that are measured at the same time: mostly they wait, and several look at the same room. */
const defaultConcurrency = 24;

/**
 * Runs the suite against a target, which stays open.
 * @throws EmptySelectionError where the selection matches nothing
 * @throws ShardError where there are more shards than there is work for
 * @throws TargetError where the target cannot be reached, or is no such server
 */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const { target, reporters = [], selection = { filter: [], exclude: [] } } = options;
  const selected = selectClauses(catalogue, selection);
  const planned = selected.map(({ id }) => id);
  const clauses = options.shard === undefined ? selected : await clausesOfShard(selected, options.shard);
  const server = await preflight(target, options.signal);
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const startedAt = new Date();
  const context = new RunContext(target, seed, options.signal);
  const found = await findWays(context, options.profile).catch(async (error: unknown) => {
    await context.close();
    throw error;
  });
  const shown = context.signalling === 'websocket' ? `${target.name}, over WebSocket` : target.name;
  for (const reporter of reporters) reporter.runStarted?.({ clauses, target: shown });
  const known = knownJudge(options.known ?? [], [target.name, ...(target.aliases ?? [])], startedAt);
  const results = await runClauses({
    clauses,
    context,
    reporters,
    bail: options.bail ?? false,
    // Where a call can only mean the only room there is, nobody else may have one.
    concurrency: context.reading === 'by-name' ? defaultConcurrency : 1,
    ...(context.reading !== 'by-name' && { afterEach: () => context.leftovers.removePatiently() }),
    judgeKnown: known.judge,
    reproduce: (clause) => reproduceLine(clause.id, options, seed),
    profile: options.profile,
    clauseTimeoutMs: options.clauseTimeoutMs ?? defaultClauseTimeoutMs(target),
    signal: context.signal,
  }).finally(() => context.close());
  const byProfile =
    options.profile === undefined
      ? []
      : [`What the documentation leaves open is judged by the profile ${options.profile.name}.`];
  const relayed = target.turn === undefined ? [] : [`The bots’ media goes through ${target.turn.url}.`];
  const notes = [
    ...found.notes,
    ...relayed,
    ...byProfile,
    ...known.notes,
    ...leftNote(context.leftovers.left),
  ];
  const report: Report = {
    toolVersion: toolVersion(),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    seed,
    target: { name: target.name, ...(server === undefined ? {} : { server }) },
    ...(options.allowFlaky && { allowFlaky: true }),
    ...(options.shard !== undefined && { shard: { ...options.shard, planned } }),
    ...(notes.length > 0 && { notes }),
    environment: { node: process.version, platform: `${process.platform} ${process.arch}` },
    results,
  };
  for (const reporter of reporters) await reporter.runFinished?.(report);
  return report;
}

/** Names are cut where they are many: --cleanup knows them all. */
const shownNames = 3;

function leftNote(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, shownNames).join(', ') + (names.length > shownNames ? ' …' : '');
  return [
    `The server could not be reached to remove ${names.length} of what the run has made, ${shown}: --cleanup removes it.`,
  ];
}

/** Who waits for a room that others use is not late. */
function defaultClauseTimeoutMs({ configured }: Target): number {
  const pictures = configured?.pictures ?? [];
  const taking = pictures.length === 0 ? 1 : pictures.length - new Set(pictures).size + 1;
  return taking * 60_000;
}

function reproduceLine(id: string, { target, profile }: ConformanceOptions, seed: number): string {
  const words = ['npx', 'mosaic2', 'conformance', '--filter', id, '--seed', String(seed)];
  if (target.reproduceWith !== undefined) words.push(...target.reproduceWith);
  if (profile !== undefined) words.push('--profile', profile.name);
  return words.map(shellQuote).join(' ');
}
