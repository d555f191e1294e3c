import type { ClauseLevel, ClauseResult, Report, Verdict } from '../report.ts';
import { shortReason } from '../reporters/evidence-text.ts';
import { anchorsOf } from '../reporters/html/anchors.ts';
import { overallSentence, overallVerdict } from '../reporters/summary.ts';
import { sameObservation } from './observation.ts';

/** What became of one of several targets. */
export interface TargetRun {
  /** As it stands in the report. */
  readonly name: string;
  /** The folder with its reports, beside the matrix. */
  readonly folder: string;
  readonly report?: Report;
  /** Why there is no report, as a sentence. */
  readonly problem?: string;
}

/** One target of a matrix. */
export interface MatrixColumn {
  readonly name: string;
  /** Where its reports are; missing where it was not measured. */
  readonly folder?: string;
  readonly server?: string;
  /** The worst verdict; `error` where the target was not measured. */
  readonly verdict: Verdict;
  /** What became of it. */
  readonly sentence: string;
}

/** What one target did about one clause. */
export interface MatrixCell {
  readonly verdict: Verdict;
  readonly flaky: boolean;
  /** The fragment of the clause in the page of its target. */
  readonly anchor: string;
  /** What was seen, or why. */
  readonly text: string;
}

/** One clause of a matrix. */
export interface MatrixRow {
  readonly id: string;
  readonly title: string;
  readonly level: ClauseLevel;
  /** One for each column; `null` where the clause was not reached. */
  readonly cells: readonly (MatrixCell | null)[];
  /** The targets that were measured have different verdicts, or something else was observed. */
  readonly differs: boolean;
}

/** Clauses by targets. */
export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  /** In catalogue order. */
  readonly rows: readonly MatrixRow[];
}

/** Puts the reports of several targets side by side. */
export function matrixOf(runs: readonly TargetRun[]): Matrix {
  const cells = runs.map(({ report }) => cellsOf(report));
  const clauses = new Map(
    runs.flatMap(({ report }) => report?.results ?? []).map(({ clause }) => [clause.id, clause]),
  );
  return {
    columns: runs.map(columnOf),
    rows: [...clauses.values()].map(({ id, title, level }) => {
      const row = cells.map((column) => column.get(id) ?? null);
      const differs = row.some(
        (cell) => cell !== null && row.some((other) => other !== null && differ(cell, other)),
      );
      return { id, title, level, cells: row, differs };
    }),
  };
}

/** How many clauses are not alike, as a sentence. */
export function matrixSentence({ rows, columns }: Matrix): string {
  const differing = rows.filter(({ differs }) => differs).length;
  const of = `${columns.length} targets and ${rows.length} clause${rows.length === 1 ? '' : 's'}`;
  return differing === 0 ? `${of}: no differences.` : `${of}: ${differing} with differences.`;
}

function columnOf({ name, folder, report, problem = 'It was not measured.' }: TargetRun): MatrixColumn {
  if (report === undefined) return { name, verdict: 'error', sentence: problem };
  const { server } = report.target;
  const verdict = overallVerdict(report);
  return {
    name,
    folder,
    ...(server !== undefined && { server }),
    verdict,
    sentence: overallSentence(report),
  };
}

function cellsOf(report: Report | undefined): Map<string, MatrixCell> {
  const results = report?.results ?? [];
  const anchors = anchorsOf(results);
  return new Map(results.map((result) => [result.clause.id, cellOf(result, anchors.get(result) ?? '')]));
}

function cellOf(result: ClauseResult, anchor: string): MatrixCell {
  const { verdict, flaky } = result;
  return {
    verdict,
    flaky: flaky === true,
    anchor,
    text: verdict === 'pass' ? (result.actual ?? '') : shortReason(result),
  };
}

function differ(a: MatrixCell, b: MatrixCell): boolean {
  if (a.verdict !== b.verdict || a.flaky !== b.flaky) return true;
  return a.verdict === 'observed' && sameObservation(a.text, b.text) === 'no';
}
