import { describe, expect, it } from 'vitest';
import { EmptySelectionError, matches, parsePatterns, selectClauses } from './select.ts';
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
    [['**.count', 'audio.**'], [], ['api.stat.count', 'audio.delay', 'audio.mute.silences']],
    [['audio.delay', 'api.stat', 'api.*'], [], ['api.stat', 'api.stat.count', 'audio.delay']],
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

  it.each([
    [['api.stats'], [], 'no clause is called api.stats, as --filter wants; did you mean api.stat'],
    [[], ['audio'], 'no clause is called audio, as --exclude wants; did you mean audio.* or audio.delay'],
    [['Audio.Delay'], [], 'did you mean audio.delay?'],
    [['pigeons'], [], 'no clause is called pigeons, as --filter wants; --list shows them all'],
    [['api.*', ''], [], '--filter has an empty pattern'],
    [['x\n\u001b[31m'], [], 'no clause is called x ␛[31m, as'],
    [['y'.repeat(5000)], [], `no clause is called ${'y'.repeat(80)}…, as`],
    [['api.*'], ['api.*'], 'the exclusions leave no clause to run'],
  ])('says of filters %j and exclusions %j: %s', (filter, exclude, message) => {
    expect(() => select(filter, exclude)).toThrow(message);
  });
});

describe('parsePatterns', () => {
  it.each([
    ['api.*', ['api.*']],
    ['api.*,audio.delay', ['api.*', 'audio.delay']],
    [' api.* , audio.delay ', ['api.*', 'audio.delay']],
    ['api.*,', ['api.*', '']],
    ['', ['']],
  ])('reads %j as %j', (text, patterns) => {
    expect(parsePatterns(text)).toEqual(patterns);
  });
});

describe('matches', () => {
  it.each([
    ['a.b', 'a.b', true],
    ['a.b', 'a.b*', true],
    ['a.b', '*a.b', true],
    ['a.b', 'a*a.b', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['a.b.c', 'a*c', true],
    ['a.b.c', '*.b.*', true],
    ['a.b.c', 'a.*.c.*', false],
    ['axb', 'a.b', false],
    ['', '*', true],
  ])('of %j and %j is %j', (name, pattern, answer) => {
    expect(matches(name, pattern)).toBe(answer);
  });

  it('takes no long for many stars', () => {
    const startedMs = performance.now();
    expect(matches('a'.repeat(40), `${'a*'.repeat(30)}b`)).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(100);
  });
});
