import { describe, expect, it } from 'vitest';
import { EmptySelectionError, selectClauses } from './select.ts';
import { descriptionOf } from './testing.ts';

const clauses = ['api.stat', 'api.stat.count', 'audio.delay', 'audio.mute.silences'].map(descriptionOf);

function select(filter: readonly string[], exclude: readonly string[] = []): string[] {
  return selectClauses(clauses, { filter, exclude }).map(({ id }) => id);
}

describe('selectClauses', () => {
  it.each([
    [[], [], clauses.map(({ id }) => id)],
    [['*'], [], clauses.map(({ id }) => id)],
    [['api.stat'], [], ['api.stat']],
    [['api.*'], [], ['api.stat', 'api.stat.count']],
    [['*.silences', 'api.stat'], [], ['api.stat', 'audio.mute.silences']],
    [['a*t*'], ['*.count'], ['api.stat', 'audio.mute.silences']],
    [[], ['audio.*'], ['api.stat', 'api.stat.count']],
  ])('with filters %j and exclusions %j selects %j', (filter, exclude, ids) => {
    expect(select(filter, exclude)).toEqual(ids);
  });

  it.each([
    [['api.stats'], []],
    [['api'], []],
    [['apixstat'], []],
    [['api.(stat'], []],
    [['AUDIO.*'], []],
    [[''], []],
    [['api.*', 'video.*'], []],
    [[], ['video.*']],
    [['api.*'], ['api.*']],
  ])('refuses filters %j and exclusions %j, which cannot be meant', (filter, exclude) => {
    expect(() => select(filter, exclude)).toThrow(EmptySelectionError);
  });
});
