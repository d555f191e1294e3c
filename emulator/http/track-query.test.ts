import { describe, expect, it } from 'vitest';
import { tracksOfQuery } from './track-query.ts';

describe('tracksOfQuery', () => {
  it.each([
    ['', {}],
    ['tracks=v1a3', { video: 1, audio: 3 }],
    ['filter.tracks=a3', { audio: 3 }],
    ['filter=tracks:a3v2', { video: 2, audio: 3 }],
    ['filter=other&filter=tracks:a4', { audio: 4 }],
    ['start_track=a2', { audio: 2 }],
    ['start_track=auto', {}],
    ['start_track=', {}],
    ['start_track=a2&tracks=a5', { audio: 5 }],
    ['proto=webrtc', {}],
  ])('reads "%s"', (query, expected) => {
    expect(tracksOfQuery(new URLSearchParams(query))).toEqual(expected);
  });

  it('refuses a text that is no track choice', () => {
    expect(() => tracksOfQuery(new URLSearchParams('tracks=<x>'))).toThrow(/v1a3/);
  });
});
