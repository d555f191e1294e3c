import type { Bars } from '../targets/target.ts';
import { urlTarget } from '../targets/url.ts';
import type { Clause, Outcome } from './clause.ts';
import { RunContext } from './context.ts';

/** A clause for tests of what runs clauses. */
export function clauseOf(
  id: string,
  run: Clause['run'] = async () => passed,
  more: Partial<Clause> = {},
): Clause {
  return { ...descriptionOf(id), run, ...more };
}

/** What a clause says of itself, apart from its id, is of no importance here. */
export function descriptionOf(id: string): Omit<Clause, 'run'> {
  return {
    id,
    title: id,
    level: 'documented',
    source: 'nowhere',
    requirement: 'none',
    statements: ['page.mix.all'],
    needs: [],
  };
}

/** What the clauses of these tests come to where nothing is wrong. */
export const passed: Outcome = { verdict: 'pass' };

/** A context whose server nobody asks for anything. */
export function contextOf(signal?: AbortSignal): RunContext {
  return new RunContext(urlTarget('http://user:long%20secret@127.0.0.1:1'), 0, signal);
}

/**
 * What a clause says of what its scenario has measured.
 * @param bars what the target promises beyond the documentation
 */
export function outcomeOn(
  clauses: readonly Clause[],
  id: string,
  measured: unknown,
  bars?: Partial<Bars>,
): Promise<Outcome> {
  const context = { target: { bars }, requireWhip() {}, use: async () => measured };
  return clauses.find((clause) => clause.id === id)!.run(context as unknown as RunContext);
}
