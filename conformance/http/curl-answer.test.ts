import { describe, expect, it } from 'vitest';
import { splitAnswer } from './curl-answer.ts';

describe('splitAnswer', () => {
  it('parts status, headers and body', () => {
    expect(
      splitAnswer('HTTP/1.1 200 OK\r\nServer: Streamer 20.08\r\nX-Sid:a:b\r\n\r\n{"a":1}\r\n\r\nrest'),
    ).toEqual({
      status: 200,
      headers: { server: 'Streamer 20.08', 'x-sid': 'a:b' },
      body: '{"a":1}\r\n\r\nrest',
    });
  });

  it('takes bare line feeds, HTTP/2 and an answer without a body', () => {
    expect(splitAnswer('HTTP/2 204 \nserver: x\n\n')).toEqual({
      status: 204,
      headers: { server: 'x' },
      body: '',
    });
    expect(splitAnswer('HTTP/1.1 401 Unauthorized')).toEqual({ status: 401, headers: {}, body: '' });
  });

  it.each([100, 103])('passes over an interim %d', (interim) => {
    const answer = splitAnswer(
      `HTTP/1.1 ${interim} Interim\r\nlink: x\r\n\r\nHTTP/1.1 201 Created\r\n\r\nbody`,
    );
    expect(answer).toEqual({ status: 201, headers: {}, body: 'body' });
  });

  it.each(['', 'no answer', 'HTTP/1.1 OK', '\r\n\r\nHTTP/1.1 200 OK'])('refuses %j', (output) => {
    expect(() => splitAnswer(output)).toThrow('no HTTP answer');
  });
});
