import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote, shellWords } from './shell-words.ts';

describe('shellWords', () => {
  it('splits a documented line into the words a shell makes of it', () => {
    const line = `curl -X POST -d '{"command" : "stat", "args" : []}' 'http://user:pass@host/room'`;
    expect(shellWords(line)).toEqual([
      'curl',
      '-X',
      'POST',
      '-d',
      '{"command" : "stat", "args" : []}',
      'http://user:pass@host/room',
    ]);
  });

  it.each([
    ['', []],
    ['  a   b ', ['a', 'b']],
    ["a'b c'd", ['ab cd']],
    ['"a b" c', ['a b', 'c']],
    ['a\\ b', ['a b']],
    ["''", ['']],
  ])('splits %j', (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });

  it.each(["curl 'http://user:secret@host", 'curl "secret', 'secret\\'])(
    'refuses %j without repeating it',
    (line) => {
      expect(() => shellWords(line)).toThrow('not closed');
      expect(() => shellWords(line)).not.toThrow('secret');
    },
  );

  it('gives back what shellQuote quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(shellWords(words.map(shellQuote).join(' '))).toEqual(words);
      }),
    );
  });
});
