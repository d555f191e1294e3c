import type { Clause } from '../run/clause.ts';
import { type Provenance, provenanceOf } from './provenance.ts';

/** A clause as other programs read it from `--list --json`. */
export interface ListedClause {
  readonly id: string;
  readonly level: Clause['level'];
  readonly provenance: Provenance | undefined;
  readonly title: string;
  readonly requirement: string;
  readonly source: string;
  readonly statements: Clause['statements'];
  readonly needs: Clause['needs'];
  /** True: nothing else runs at the same time. */
  readonly exclusive: NonNullable<Clause['exclusive']>;
}

/** Clauses in columns for people: id, level, needs, title. One line each, no space at its end. */
export function listClauses(clauses: readonly Clause[]): string {
  const rows = clauses.map(({ id, level, needs, title }) => [id, level, needs.join(',') || '-', title]);
  return columns([['id', 'level', 'needs', 'title'], ...rows]);
}

/** Clauses as JSON, in catalogue order. */
export function listClausesAsJson(clauses: readonly Clause[]): string {
  const listed = clauses.map((clause): ListedClause => {
    const { id, level, title, requirement, source, statements, needs, exclusive = false } = clause;
    const provenance = provenanceOf(clause);
    return { id, level, provenance, title, requirement, source, statements, needs, exclusive };
  });
  return JSON.stringify(listed, null, 2);
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
