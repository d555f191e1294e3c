import { describe, expect, it } from 'vitest';
import { redactSignalling, shownHeaders } from './redact-signalling.ts';

describe('redactSignalling', () => {
  it.each([
    [
      'a=ice-ufrag:abcd\r\na=ice-pwd:x+/9secret\r\na=setup:active',
      'a=ice-ufrag:abcd\r\na=ice-pwd:REDACTED\r\na=setup:active',
    ],
    [
      '{"type":"offer","sdp":"a=ice-pwd:xyz\\r\\na=x"}',
      '{"type":"offer","sdp":"a=ice-pwd:REDACTED\\r\\na=x"}',
    ],
    ['{"username":"u","credential" : "a\\"b","n":1}', '{"username":"u","credential" : "REDACTED","n":1}'],
    [
      '<turn:t.example>; rel="ice-server"; username="u"; credential="s p"',
      '<turn:t.example>; rel="ice-server"; username="u"; credential=REDACTED',
    ],
    ['GET http://h/a/whep?start_track=a1&token=t1', 'GET http://h/a/whep?start_track=a1&token=REDACTED'],
    ['WebSocket ws://u:p@h/x', 'WebSocket ws://USER:PASSWORD@h/x'],
  ])('%j', (text, shown) => {
    expect(redactSignalling(text)).toBe(shown);
  });

  it('leaves a description as it is, apart from the password', () => {
    const sdp =
      'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=fmtp:111 minptime=10\r\n';
    expect(redactSignalling(sdp)).toBe(sdp);
  });
});

describe('shownHeaders', () => {
  it('shows those that say something of the session, and no credentials', () => {
    expect(
      shownHeaders({
        Authorization: 'Basic dTpw',
        'Content-Type': 'application/sdp',
        Cookie: 'id=7',
        location: '/session/7?token=abc',
        'x-sid': 's7',
        date: 'today',
      }),
    ).toEqual({
      authorization: 'REDACTED',
      'content-type': 'application/sdp',
      location: '/session/7?token=REDACTED',
      'x-sid': 's7',
    });
  });
});
