import type { ClauseDescription } from '../report.ts';
import { oneLine } from '../reporters/text.ts';
import { closeNames } from './close-names.ts';

/** A filter that matches nothing: the run cannot be what its caller wanted. */
export class EmptySelectionError extends Error {
  override readonly name = 'EmptySelectionError';
}

/** Patterns on clause ids: `*` (or `**`) stands for any characters, dots too: `audio.*` for a chapter. */
export interface Selection {
  readonly filter: readonly string[];
  readonly exclude: readonly string[];
}

/** The patterns of one word of the command line, which commas part: `api.*,audio.delay`. */
export function parsePatterns(text: string): string[] {
  return text.split(',').map((pattern) => pattern.trim());
}

/**
 * The clauses whose ids match one of the filters (all, where there is none) and none of the exclusions.
 * @throws EmptySelectionError where a pattern matches nothing, or nothing is left
 */
export function selectClauses<T extends ClauseDescription>(clauses: readonly T[], selection: Selection): T[] {
  for (const option of ['filter', 'exclude'] as const) {
    for (const pattern of selection[option]) requireMatch(clauses, option, pattern);
  }
  const selected = clauses.filter(
    ({ id }) =>
      (selection.filter.length === 0 || selection.filter.some((pattern) => matches(id, pattern))) &&
      !selection.exclude.some((pattern) => matches(id, pattern)),
  );
  if (selected.length === 0) throw new EmptySelectionError('the exclusions leave no clause to run');
  return selected;
}

/** More of a pattern is not shown. */
const shownCharacters = 80;

function requireMatch(clauses: readonly ClauseDescription[], option: keyof Selection, pattern: string): void {
  const ids = clauses.map(({ id }) => id);
  if (ids.some((id) => matches(id, pattern))) return;
  if (pattern === '') throw new EmptySelectionError(`--${option} has an empty pattern; --list shows all ids`);
  const shown = oneLine(pattern.slice(0, shownCharacters)) + (pattern.length > shownCharacters ? '…' : '');
  const close = closeNames(pattern, ids);
  const hint = close.length === 0 ? '--list shows them all' : `did you mean ${close.join(' or ')}?`;
  throw new EmptySelectionError(`no clause is called ${shown}, as --${option} wants; ${hint}`);
}

/** Whether a pattern, in which `*` stands for any characters, describes the whole of a name. */
export function matches(name: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split(/\*+/);
  if (parts.length === 0) return name === pattern;
  const last = parts.pop()!;
  if (!name.startsWith(first)) return false;
  // Each part at its first place: no later one could leave more room for those that follow.
  let at = first.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.endsWith(last) && name.length - last.length >= at;
}
