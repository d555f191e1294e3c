import type { ClauseResult } from '../../report.ts';

/** The fragment of each result, unique in the page: `clause-` and the clause's id. */
export type Anchors = ReadonlyMap<ClauseResult, string>;

/** Gives every result its fragment. Ids are hostile and may repeat: odd characters go, repetitions get a number. */
export function anchorsOf(results: readonly ClauseResult[]): Anchors {
  const anchors = new Map<ClauseResult, string>();
  const taken = new Set<string>();
  for (const result of results) {
    const name = `clause-${fragment(result.clause.id)}`;
    let free = name;
    for (let copy = 2; taken.has(free); copy += 1) free = `${name}~${copy}`;
    taken.add(free);
    anchors.set(result, free);
  }
  return anchors;
}

/** Text as a part of a fragment. */
export function fragment(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '_');
}
