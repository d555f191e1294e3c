import { describe, expect, it } from 'vitest';
import { roomNamesOf } from './room-names.ts';

describe('roomNamesOf', () => {
  it.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [[], []],
    [{ rooms: ['a'] }, ['a']],
    [{ rooms: [{ name: 'a', count: 1 }] }, ['a']],
    [
      [{ name: 'a' }, 'b'],
      ['a', 'b'],
    ],
  ])('reads %j', (json, names) => {
    expect(roomNamesOf(json)).toEqual(names);
  });

  it.each([undefined, null, 'a', 1, {}, { rooms: 1 }, [1], [{ title: 'a' }], { rooms: [null] }])(
    'does not understand %j',
    (json) => {
      expect(roomNamesOf(json)).toBeUndefined();
    },
  );
});
