import { describe, expect, it } from 'vitest';
import { parseMembers } from './command.ts';

describe('--members', () => {
  it('takes sizes separated by commas, each once', () => {
    expect(parseMembers('10, 20,40,10')).toEqual([10, 20, 40]);
  });

  it.each(['', '10,', 'ten', '1', '65', '2.5', '-3', '1e9'])('refuses “%s”', (text) => {
    expect(() => parseMembers(text)).toThrow(/whole numbers from 2 to 64/);
  });
});
