import { describe, expect, it } from 'vitest';
import { candidateOf, errorWords, readServerFrame, shown, tracksOfInfo } from './frames.ts';

describe('errorWords', () => {
  it.each([
    [{ type: 'error', error: 'forbidden', detail: 'No password.' }, 'forbidden: No password.'],
    [{ type: 'error', message: 'no such stream' }, 'no such stream'],
    [{ error: 'denied' }, 'denied'],
    [{ type: 'error', code: 404 }, '404'],
    [{ type: 'error', data: [1] }, '{"type":"error","data":[1]}'],
    [{ type: 'info', error: 'none' }, undefined],
    [{ config: {} }, undefined],
  ])('of %j are %j', (frame, words) => {
    expect(errorWords(frame)).toBe(words);
  });

  it('are short, on one line, and steer no terminal', () => {
    expect(errorWords({ type: 'error', error: `a\n\u001b[2Jb${'c'.repeat(1000)}` })).toHaveLength(200);
    expect(shown('a\n\u001b[2Jb\u202ec')).toBe('a [2Jb c');
  });
});

describe('candidateOf', () => {
  it.each([
    [{ type: 'candidate', candidate: { candidate: 'candidate:1 1 udp 1 10.0.0.1 5 typ host', sdpMid: '0' } }],
    [{ type: 'candidate', candidate: { candidate: 'a=candidate:1 1 udp 1 10.0.0.1 5 typ host' } }],
    [{ type: 'candidate', candidate: '1 1 udp 1 10.0.0.1 5 typ host' }],
  ])('reads %j', (frame) => {
    expect(candidateOf(frame)).toBe('1 1 udp 1 10.0.0.1 5 typ host');
  });

  it.each([
    [{ type: 'candidate', candidate: null }],
    [{ type: 'candidate', candidate: { candidate: '' } }],
    [{ type: 'candidate', candidate: { candidate: 7 } }],
    [{ type: 'candidate' }],
    [{ type: 'offer', candidate: 'x' }],
  ])('finds none in %j', (frame) => {
    expect(candidateOf(frame)).toBeUndefined();
  });
});

describe('readServerFrame', () => {
  it('takes objects only', () => {
    expect(['{"a":1}', '[]', 'null', '7', '{', ''].map(readServerFrame)).toEqual([
      { a: 1 },
      ...Array(5).fill(undefined),
    ]);
  });
});

describe('tracksOfInfo', () => {
  it('reads ids as texts or numbers', () => {
    expect(tracksOfInfo({ audio_track_id: 'a3', video_track_id: 1 })).toEqual(['1', 'a3']);
    expect(tracksOfInfo({ audio_track_id: null, video_track_id: {} })).toEqual([]);
  });
});
