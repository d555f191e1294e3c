import { clientFacts } from './client-facts.ts';
import type { Statement } from './statement.ts';
import { pageStatements } from './statements.ts';

/** All that clauses refer to. */
export const allStatements = [...pageStatements, ...clientFacts] as const;

export type StatementId = (typeof allStatements)[number]['id'];

/** Who says what a clause requires. */
export type Provenance = 'page' | 'official-client' | 'public-material' | 'standard' | 'our-decision';

const bySource: Readonly<Record<string, Provenance>> = {
  page: 'page',
  client: 'official-client',
  public: 'public-material',
  standard: 'standard',
};

/**
 * Who says what a clause requires. A clause that the page leaves open is measured by what this project decided.
 * @returns undefined for statements that are not in the list, as in reports of other versions
 */
export function provenanceOf(clause: {
  readonly level: string;
  readonly statements: readonly string[];
}): Provenance | undefined {
  if (clause.level === 'undocumented') return 'our-decision';
  return bySource[clause.statements[0]?.split('.')[0] ?? ''];
}

const byId = new Map<string, Statement>(allStatements.map((statement) => [statement.id, statement]));

/** @returns undefined for an id that is not in the list, as in reports of other versions */
export function statementOf(id: string): Statement | undefined {
  return byId.get(id);
}
