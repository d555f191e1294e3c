import { describe, expect, it } from 'vitest';
import { isSameTrack, prefixOf, trackIdOf } from './track-id.ts';

describe('a track’s id', () => {
  it.each([
    [{ track_id: 'a3' }, 'a3'],
    [{ track_id: 'track-50' }, 'track-50'],
    ['aud1', 'aud1'],
    ['3', '3'],
    [{ track_id: 3 }, 'a3'],
    [3, 'a3'],
  ])('is what is answered: %j', (json, id) => {
    expect(trackIdOf(json)).toBe(id);
  });

  it('has the prefix of the server where it is answered as a number', () => {
    expect(trackIdOf({ track_id: 3 }, 'track-')).toBe('track-3');
  });

  it.each([undefined, null, {}, [], '', { track_id: '' }, { track_id: null }, true, 'a'.repeat(101)])(
    'is not in %j',
    (json) => {
      expect(trackIdOf(json)).toBeUndefined();
    },
  );

  it.each([
    [{ track_id: 'a3' }, 'a3', true],
    [3, { track_id: 'aud3' }, true],
    ['aud3', { track_id: 3 }, true],
    [3, 3, true],
    ['b3', 'a3', false],
    [13, 'a3', false],
    [{}, {}, false],
    [undefined, undefined, false],
    [3, undefined, false],
  ])('of %j and of %j: the same is %j', (one, other, isSame) => {
    expect(isSameTrack(one, other)).toBe(isSame);
  });

  it('has a prefix where a number follows', () => {
    expect([prefixOf('a1'), prefixOf('track-100'), prefixOf('all')]).toEqual(['a', 'track-', undefined]);
  });
});
