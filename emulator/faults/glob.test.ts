import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalGlob, matchesGlob } from './glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['alice', 'alice', true],
    ['alice', 'alic', false],
    ['alice', 'alice2', false],
    ['', '', true],
    ['*', '', true],
    ['*', 'lobby/room 1', true],
    ['guest-*', 'guest-7', true],
    ['guest-*', 'host-7', false],
    ['*/whip', 'a/b/whip', true],
    ['*/whip', 'whip', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b', 'xbxa', false],
    ['a.c', 'abc', false],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['[ab]', 'a', false],
  ])('%j for %j is %s', (pattern, text, matches) => {
    expect(matchesGlob(pattern, text)).toBe(matches);
  });

  it('agrees with a regular expression', () => {
    const letters = (from: string) => fc.array(fc.constantFrom(...from), { maxLength: 8 });
    fc.assert(
      fc.property(letters('ab*?'), letters('ab'), (pattern, text) => {
        const asPattern = pattern.map((one) => (one === '*' ? '.*' : one === '?' ? '.' : one)).join('');
        expect(matchesGlob(pattern.join(''), text.join(''))).toBe(
          new RegExp(`^${asPattern}$`).test(text.join('')),
        );
      }),
    );
  });

  it('is soon done with patterns that are made to be slow', () => {
    const startedMs = performance.now();
    expect(matchesGlob(`${'a*'.repeat(120)}b`, 'a'.repeat(8000))).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});

describe('literalGlob', () => {
  it('stands for its text alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, other) => {
        expect(matchesGlob(literalGlob(name), name)).toBe(true);
        expect(matchesGlob(literalGlob(name), other)).toBe(name === other);
      }),
    );
  });
});
