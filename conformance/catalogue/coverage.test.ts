import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import { clauseOf } from '../run/testing.ts';
import { clientFacts } from './client-facts.ts';
import { coverageOf } from './coverage.ts';
import { needs } from './needs.ts';
import { allStatements, provenanceOf, statementOf } from './provenance.ts';
import type { Statement } from './statement.ts';
import { pageStatements } from './statements.ts';

const coverage = coverageOf(pageStatements, catalogue);
const idsOf = (list: readonly { readonly statement: Statement }[]) =>
  list.map(({ statement }) => statement.id);

describe('the statements of the page', () => {
  it('are each measured by a clause, or say why none can', () => {
    const open = coverage.filter(({ statement, clauses }) => clauses.length === 0 && !statement.untestable);
    expect(idsOf(open)).toEqual([]);
  });

  it('excuse nothing that a clause measures', () => {
    const contradictory = coverage.filter(
      ({ statement, clauses }) => clauses.length > 0 && statement.untestable,
    );
    expect(idsOf(contradictory)).toEqual([]);
  });

  it('are not uncovered by a clause on what they leave open', () => {
    const clause = clauseOf('x.y', undefined, { level: 'undocumented', statements: ['page.mix.all'] });
    expect(coverageOf([statementOf('page.mix.all')!], [clause])[0]!.clauses).toEqual([]);
  });
});

describe('statements and facts', () => {
  it('have ids that are unique and well formed', () => {
    const ids = allStatements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^(page|client|public|standard)(\.[a-z0-9]+(-[a-z0-9]+)*)+$/);
    expect(pageStatements.every(({ id }) => id.startsWith('page.'))).toBe(true);
    expect(clientFacts.every(({ id }) => !id.startsWith('page.'))).toBe(true);
  });

  it('are one short sentence each, and no two say the same', () => {
    const texts = allStatements.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) {
      expect(text).toMatch(/^\S.*\.$/);
      expect(text).not.toMatch(/[.!?] \p{Lu}/u);
      expect(text.split(' ').length).toBeLessThanOrEqual(28);
    }
  });

  it('of clients and standards are each measured by a clause', () => {
    const open = coverageOf(clientFacts, catalogue).filter(({ clauses }) => clauses.length === 0);
    expect(idsOf(open)).toEqual([]);
  });
});

describe('clauses', () => {
  it('have ids that are unique and well formed', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$/);
  });

  it.each(catalogue.map((clause) => [clause.id, clause] as const))(
    '%s says what it measures',
    (_id, clause) => {
      const statements: readonly string[] = clause.statements;
      expect(statements.length).toBeGreaterThan(0);
      expect(new Set(statements).size).toBe(statements.length);
      for (const id of statements) expect(statementOf(id)?.id).toBe(id);
      for (const need of clause.needs) expect(Object.keys(needs)).toContain(need);
      expect(new Set(clause.needs).size).toBe(clause.needs.length);
      expect(clause.requirement).toMatch(/^\S.*\.$/);
      expect(clause.title).toMatch(/^\S.*[^.]$/);
      expect(provenanceOf(clause)).toBeDefined();
      // What the page says binds as the page says it; what only clients need is not documented.
      if (clause.level !== 'client-required')
        expect(statements.every((id) => id.startsWith('page.'))).toBe(true);
      else expect(provenanceOf(clause)).not.toBe('page');
    },
  );

  it('of the level documented do not stand on statements that nothing can measure', () => {
    const excused = catalogue.flatMap(({ id, level, statements }) =>
      level === 'documented' && statements.some((one) => statementOf(one)?.untestable) ? [id] : [],
    );
    expect(excused).toEqual([]);
  });
});
