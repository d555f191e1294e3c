import type { ClauseDescription } from '../report.ts';

/** A filter that matches nothing: the run cannot be what its caller wanted. */
export class EmptySelectionError extends Error {
  override readonly name = 'EmptySelectionError';
}

/** Patterns on clause ids: `*` stands for any characters, `audio.*` for a chapter. */
export interface Selection {
  readonly filter: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * The clauses whose ids match one of the filters (all, where there is none) and none of the exclusions.
 * @throws EmptySelectionError where a pattern matches nothing, or nothing is left
 */
export function selectClauses<T extends ClauseDescription>(clauses: readonly T[], selection: Selection): T[] {
  for (const pattern of [...selection.filter, ...selection.exclude]) {
    if (!clauses.some((clause) => matches(clause.id, pattern))) {
      throw new EmptySelectionError(`no clause is called ${pattern}; --list shows them all`);
    }
  }
  const selected = clauses.filter(
    ({ id }) =>
      (selection.filter.length === 0 || selection.filter.some((pattern) => matches(id, pattern))) &&
      !selection.exclude.some((pattern) => matches(id, pattern)),
  );
  if (selected.length === 0) throw new EmptySelectionError('the exclusions leave no clause to run');
  return selected;
}

/** Whether a pattern, in which `*` stands for any characters, describes the whole of a name. */
export function matches(id: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(id);
}
