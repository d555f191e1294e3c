import type { Clause } from '../run/clause.ts';
import type { Statement } from './statement.ts';

/** A statement, and the clauses that measure it. */
export interface StatementCoverage {
  readonly statement: Statement;
  readonly clauses: readonly Clause[];
}

/**
 * By which clauses each statement is measured. Clauses on what the documentation leaves open measure none: they
 * name the statement that leaves it open.
 */
export function coverageOf(
  statements: readonly Statement[],
  clauses: readonly Clause[],
): readonly StatementCoverage[] {
  const measuring = clauses.filter(({ level }) => level !== 'undocumented');
  return statements.map((statement) => ({
    statement,
    clauses: measuring.filter((clause) => (clause.statements as readonly string[]).includes(statement.id)),
  }));
}
