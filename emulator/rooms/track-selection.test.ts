import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTracks, TrackSelectionError } from './track-selection.ts';

describe('parseTracks', () => {
  it.each([
    ['v1a3', { video: 1, audio: 3 }],
    ['a3v1', { video: 1, audio: 3 }],
    ['a3', { audio: 3 }],
    ['v1', { video: 1 }],
    ['a12', { audio: 12 }],
    ['a3a3', { audio: 3 }],
    ['auto', {}],
    ['', {}],
    [undefined, {}],
    [null, {}],
    [[], {}],
    [['auto'], {}],
    [['v1', 'a3'], { video: 1, audio: 3 }],
    [['v1a3'], { video: 1, audio: 3 }],
  ])('reads %j', (value, selection) => {
    expect(parseTracks(value)).toEqual(selection);
  });

  it.each([
    'x',
    'a',
    'a0',
    'a03',
    'v1 a3',
    'v1,a3',
    'a-1',
    'A3',
    'a1.5',
    't1',
    'a1234567',
    'a3/media_info.json',
    'a2a3',
    ['a2', 'a3'],
    ['a3', 3],
    [['a3']],
    3,
    true,
    {},
    Array(33).fill('a3'),
    'a1'.repeat(101),
  ])('refuses %j with a sentence', (value) => {
    expect(() => parseTracks(value)).toThrow(TrackSelectionError);
    expect(() => parseTracks(value)).toThrow(/^(Tracks must|Only one).*\.$/);
  });

  it.each([
    ['track-', 'track-50', { audio: 50 }],
    ['track-', 'v1track-50', { video: 1, audio: 50 }],
    ['track-', ['track-50', 'v1'], { video: 1, audio: 50 }],
    ['track-', 'v1a50', { video: 1, audio: 50 }],
    ['aud', 'aud7', { audio: 7 }],
    ['video', 'v1video2', { video: 1, audio: 2 }],
    ['.*', '.*3', { audio: 3 }],
    ['', 'v1', { video: 1 }],
    ['', '3', { audio: 3 }],
  ])('reads ids with the prefix %j that the server gives: %j', (prefix, value, selection) => {
    expect(parseTracks(value, prefix)).toEqual(selection);
  });

  it.each(['track-', 'xtrack-1', 'track-1x', 'track_1'])(
    'refuses %j where ids begin with track-',
    (value) => {
      expect(() => parseTracks(value, 'track-')).toThrow(TrackSelectionError);
    },
  );

  it('fails with nothing else whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.stringMatching(/^[av0-9]*$/)), (value) => {
        try {
          expect(Object.keys(parseTracks(value)).every((key) => key === 'audio' || key === 'video')).toBe(
            true,
          );
        } catch (error) {
          expect(error).toBeInstanceOf(TrackSelectionError);
        }
      }),
    );
  });
});
