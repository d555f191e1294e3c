import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpError } from '../errors.ts';
import { readFrame } from './client-frames.ts';

describe('a client’s frame', () => {
  it.each([
    ['{"type":"offer","sdp":"v=0"}', { type: 'offer', sdp: 'v=0' }],
    ['{"type":"answer","sdp":"v=0","more":1}', { type: 'answer', sdp: 'v=0' }],
    [
      '{"type":"candidate","stream_id":"local1","label":0,"id":"0","candidate":{"candidate":"candidate:1"}}',
      { type: 'candidate' },
    ],
    ['{"type":"candidate","candidate":null}', { type: 'candidate' }],
    ['{"type":"select_tracks","tracks":"v1a3"}', { type: 'select_tracks', tracks: 'v1a3' }],
    ['{"type":"select_tracks","tracks":["a3"]}', { type: 'select_tracks', tracks: ['a3'] }],
    ['{"type":"publish_error","e":1}', { type: 'publish_error', text: '{"type":"publish_error","e":1}' }],
    ['{"type":"toString"}', { type: 'unknown', name: 'toString' }],
  ])('is read: %s', (text, frame) => {
    expect(readFrame(text)).toEqual(frame);
  });

  it.each([
    ['', 'malformed-json', 'The frame is not JSON.'],
    ['{"type":', 'malformed-json', 'The frame is not JSON.'],
    ['[]', 'bad-value', 'The frame must be a JSON object.'],
    ['null', 'bad-value', 'The frame must be a JSON object.'],
    ['"offer"', 'bad-value', 'The frame must be a JSON object.'],
    ['{}', 'bad-value', 'The frame must name its "type" by a text, not nothing.'],
    ['{"type":7}', 'bad-value', 'The frame must name its "type" by a text, not 7.'],
    ['{"type":"offer"}', 'bad-value', 'The offer frame must have its SDP as a text in "sdp".'],
    ['{"type":"answer","sdp":{}}', 'bad-value', 'The answer frame must have its SDP as a text in "sdp".'],
    ['{"type":"candidate"}', 'bad-value', 'The candidate frame must have an object in "candidate".'],
  ])('is refused with a sentence: %s', (text, kind, detail) => {
    expect(() => readFrame(text)).toThrow(expect.objectContaining({ kind, message: detail }));
  });

  it('throws nothing else, whatever it is', () => {
    const type = fc.constantFrom(
      'offer',
      'answer',
      'candidate',
      'select_tracks',
      'publish_error',
      '__proto__',
    );
    const frame = fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.oneof(type, fc.jsonValue()), fc.jsonValue())
      .map(([more, named, sdp]) => JSON.stringify({ ...more, type: named, sdp }));
    fc.assert(
      fc.property(fc.oneof(frame, fc.string(), fc.json()), (text) => {
        try {
          expect(typeof readFrame(text).type).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(HttpError);
        }
      }),
    );
  });
});
