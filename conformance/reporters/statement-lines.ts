import { statementOf } from '../catalogue/provenance.ts';
import type { ClauseDescription } from '../report.ts';

/** What is said of the server that a clause measures, a line each: `page.mix.all (introduction): …`. */
export function statementLines({ statements }: ClauseDescription): string[] {
  return statements.map((id) => {
    const statement = statementOf(id);
    // The report of another version may name what this one does not know.
    return statement === undefined ? id : `${id} (${statement.where}): ${statement.text}`;
  });
}
