import type { ClauseResult, Report, ShardOfReport } from '../report.ts';
import { oneLine, plural } from '../reporters/text.ts';

/** Reports cannot be joined; the message is a sentence. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

/** A report, and where it was found. */
export interface FoundReport {
  readonly path: string;
  readonly report: Report;
}

interface FoundShard extends FoundReport {
  readonly shard: ShardOfReport;
}

/**
 * Joins the reports of all shards of one run into the report that one machine would have written.
 * @throws MergeError where they are not all shards of one run, each once, that came to their end
 */
export function mergeReports(found: readonly FoundReport[]): Report {
  const shards = found.map(requireShard).sort((a, b) => a.shard.index - b.shard.index);
  const first = shards[0];
  if (first === undefined) throw new MergeError('there is no report to merge');
  for (const other of shards) requireSameRun(first, other);
  requireEachOnce(shards, first.shard.count);
  const reports = shards.map(({ report }) => report);
  const notes = [...new Set(reports.flatMap((report) => report.notes ?? [])), ...seedNote(reports)];
  const { shard: _shard, notes: _notes, allowFlaky: _allowFlaky, ...run } = first.report;
  return {
    ...run,
    ...spanOf(reports),
    ...(reports.every(({ allowFlaky }) => allowFlaky === true) && { allowFlaky: true }),
    ...(notes.length > 0 && { notes }),
    results: joinedResults(shards, first.shard.planned),
  };
}

function requireShard({ path, report }: FoundReport): FoundShard {
  const { shard } = report;
  if (shard === undefined) {
    throw new MergeError(`${oneLine(path)} is the report of a whole run, not of a shard`);
  }
  if (shard.index > shard.count) {
    throw new MergeError(`${oneLine(path)} calls itself shard ${shard.index} of ${shard.count}`);
  }
  return { path, report, shard };
}

function requireSameRun(first: FoundShard, other: FoundShard): void {
  const differences: [string, string, string][] = [
    ['targets', first.report.target.name, other.report.target.name],
    ['servers', first.report.target.server ?? 'unnamed', other.report.target.server ?? 'unnamed'],
    ['versions of mosaic2', first.report.toolVersion, other.report.toolVersion],
    ['numbers of shards', String(first.shard.count), String(other.shard.count)],
    ['clauses', first.shard.planned.join('\n'), other.shard.planned.join('\n')],
  ];
  for (const [what, ofFirst, ofOther] of differences) {
    if (ofFirst === ofOther) continue;
    const values = what === 'clauses' ? '' : `, ${oneLine(ofFirst)} and ${oneLine(ofOther)}`;
    throw new MergeError(
      `${oneLine(first.path)} and ${oneLine(other.path)} are not of one run: they have different ${what}${values}`,
    );
  }
}

function requireEachOnce(shards: readonly FoundShard[], count: number): void {
  for (const [index, { shard, path }] of shards.entries()) {
    const next = shards[index + 1];
    if (next?.shard.index !== shard.index) continue;
    throw new MergeError(
      `shard ${shard.index} of ${count} is there twice: ${oneLine(path)} and ${oneLine(next.path)}`,
    );
  }
  const there = new Set(shards.map(({ shard }) => shard.index));
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !there.has(index));
  if (missing.length === 0) return;
  const shown = missing.slice(0, 10).join(', ') + (missing.length > 10 ? ', …' : '');
  throw new MergeError(
    `of ${plural(count, 'shard')}, ${missing.length === 1 ? 'one is' : `${missing.length} are`} missing: ${shown}`,
  );
}

/** All results in the order of the catalogue. */
function joinedResults(shards: readonly FoundShard[], planned: readonly string[]): ClauseResult[] {
  const owners = new Map<string, FoundShard>();
  const results = new Map<string, ClauseResult>();
  for (const one of shards) {
    for (const result of one.report.results) {
      const { id } = result.clause;
      const owner = owners.get(id);
      if (owner !== undefined) {
        throw new MergeError(
          `${oneLine(id)} is in two shards: ${oneLine(owner.path)} and ${oneLine(one.path)}`,
        );
      }
      if (!planned.includes(id)) {
        throw new MergeError(`${oneLine(id)} in ${oneLine(one.path)} is no clause of the run that was split`);
      }
      owners.set(id, one);
      results.set(id, result);
    }
  }
  const missing = planned.filter((id) => !results.has(id));
  if (missing.length > 0) {
    const others = missing.length > 1 ? ` and ${plural(missing.length - 1, 'more clause')}` : '';
    throw new MergeError(
      `no shard has a result for ${oneLine(missing[0]!)}${others}: a shard was ended early, and has to run again`,
    );
  }
  return planned.flatMap((id) => results.get(id) ?? []);
}

/** From the first start to the last end. */
function spanOf(reports: readonly Report[]): Pick<Report, 'startedAt' | 'durationMs'> {
  const runs = reports.map((report) => ({ report, startMs: Date.parse(report.startedAt) }));
  const first = runs.reduce((a, b) => (b.startMs < a.startMs ? b : a));
  const lastEndMs = Math.max(...runs.map(({ report, startMs }) => startMs + report.durationMs));
  return { startedAt: first.report.startedAt, durationMs: lastEndMs - first.startMs };
}

function seedNote(reports: readonly Report[]): string[] {
  const seeds = reports.map(({ seed }) => seed);
  if (new Set(seeds).size === 1) return [];
  return [
    `The shards had seeds of their own, ${seeds.join(', ')}; the command that repeats a clause names the right one.`,
  ];
}
