import { describe, expect, it } from 'vitest';
import { readSpropParameterSets } from './sprop-parameter-sets.ts';

describe('readSpropParameterSets', () => {
  it('reads the sets in order', () => {
    const sets = readSpropParameterSets('Z0IACpZTBYmI,aMljiA==');
    expect(sets.map((set) => set.toString('hex'))).toEqual(['6742000a9653058988', '68c96388']);
  });

  it.each([undefined, '', ',', '===', 'äöü', 'Z0IA CpZT', `${'A'.repeat(10000)}`])(
    'keeps nothing of %j',
    (value) => {
      expect(readSpropParameterSets(value)).toEqual([]);
    },
  );

  it('keeps no more than 16', () => {
    expect(readSpropParameterSets(Array(1000).fill('Z0IA').join(','))).toHaveLength(16);
  });
});
