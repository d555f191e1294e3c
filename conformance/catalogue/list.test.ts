import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import { clauseOf } from '../run/testing.ts';
import { listClauses, listClausesAsJson } from './list.ts';

describe('listClauses', () => {
  it('puts id, level, needs and title into columns', () => {
    const clauses = [
      clauseOf('a.short', undefined, { title: 'one' }),
      clauseOf('a.much-longer', undefined, {
        level: 'client-required',
        needs: ['whip', 'curl'],
        title: 'two',
      }),
    ];
    expect(listClauses(clauses)).toBe(
      [
        'id             level            needs      title',
        'a.short        documented       -          one',
        'a.much-longer  client-required  whip,curl  two',
      ].join('\n'),
    );
  });

  it('lists the whole catalogue with a line for each clause', () => {
    const lines = listClauses(catalogue).split('\n').slice(1);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(catalogue.map(({ id }) => id));
  });
});

describe('listClausesAsJson', () => {
  it('says of each clause all that it says of itself, and who says what it requires', () => {
    const listed = JSON.parse(listClausesAsJson(catalogue)) as Record<string, unknown>[];
    expect(listed).toHaveLength(catalogue.length);
    expect(listed.find(({ id }) => id === 'audio.minus-self.loud-tones')).toMatchObject({
      level: 'documented',
      provenance: 'page',
      statements: ['page.mix.own.without-self'],
      needs: ['whip', 'whep'],
      exclusive: false,
    });
    expect(listed.find(({ id }) => id === 'audio.delay')).toMatchObject({
      provenance: 'our-decision',
      exclusive: true,
    });
    expect(listed.find(({ id }) => id === 'config.url-spelling')).toMatchObject({
      provenance: 'public-material',
    });
  });
});
