import { describe, expect, it } from 'vitest';
import { NumberedNames } from './numbered-names.ts';
import { TestingError } from './testing-error.ts';

describe('NumberedNames', () => {
  it('gives each name a number of its own, and the same name the same one', () => {
    const names = new NumberedNames(3, 'tones');
    expect(['alice', 'bob', 'alice'].map((name) => names.take(name))).toEqual([0, 1, 0]);
    expect(names.nameOf(1)).toBe('bob');
    expect(names.nameOf(2)).toBeUndefined();
    expect(names.names).toEqual(['alice', 'bob']);
  });

  it('gives the number of whoever left first to somebody else only when there is no other', () => {
    const names = new NumberedNames(3, 'tones');
    for (const name of ['alice', 'bob', 'carol']) names.take(name);
    names.release('bob');
    names.release('alice');
    expect(names.isInUse('alice')).toBe(false);
    expect(names.take('alice')).toBe(0);
    expect(names.take('dave')).toBe(1);
    expect(names.has('bob')).toBe(false);
    expect(names.nameOf(1)).toBe('dave');
  });

  it('keeps the number of a name that two bots have until both have gone', () => {
    const names = new NumberedNames(1, 'tones');
    names.take('alice');
    names.take('alice');
    names.release('alice');
    expect(() => names.take('bob')).toThrow(TestingError);
    expect(() => names.take('bob')).toThrow(
      'there are 1 tones that can be told apart, and "alice" have them: close one first',
    );
    names.release('alice');
    expect(names.take('bob')).toBe(0);
  });
});
