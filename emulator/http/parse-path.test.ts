import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeName, normalizeTarget, parsePath, type StreamAction, streamPath } from './parse-path.ts';

function parts(target: string) {
  const parsed = parsePath(target);
  return parsed && [parsed.stream, parsed.action, parsed.sessionId, parsed.query.toString()];
}

describe('parsePath', () => {
  it.each([
    ['/alice/whip', ['alice', 'whip', '', '']],
    ['/alice/whip?password=s3', ['alice', 'whip', '', 'password=s3']],
    ['/alice/whip/', ['alice', 'whip', '', '']],
    ['/alice/whip/Sid-1', ['alice', 'whip-session', 'Sid-1', '']],
    ['/chat/alice/whep', ['chat/alice', 'whep', '', '']],
    ['/chat%2Falice/whep', ['chat/alice', 'whep', '', '']],
    ['/alice/whap', ['alice', 'whep', '', '']],
    ['/alice/whep/S', ['alice', 'whep-session', 'S', '']],
    ['/room%201/media_info.json', ['room 1', 'media_info.json', '', '']],
    ['/alice/%77hep', ['alice', 'whep', '', '']],
    ['/alice/sessions/S', ['alice', 'sessions', 'S', '']],
    ['/alice/sessions/', ['alice', 'sessions', '', '']],
    ['/alice/sessions', ['alice', 'sessions', '', '']],
    ['/alice/sessions/S/request_tracks', ['alice', 'request_tracks', 'S', '']],
    ['/alice/sessions//request_tracks', ['alice', 'request_tracks', '', '']],
    ['/alice/sessions/request_tracks', ['alice', 'request_tracks', '', '']],
    ['/alice/webrtc', ['alice', 'webrtc', '', '']],
    ['/alice/webrtc/publish', ['alice', 'webrtc/publish', '', '']],
    ['/alice/webrtc/publish-error', ['alice', 'webrtc/publish-error', '', '']],
    ['/alice/embed.html?proto=webrtc', ['alice', 'embed.html', '', 'proto=webrtc']],
    ['/alice', ['alice', undefined, '', '']],
    ['/', ['', undefined, '', '']],
    ['', ['', undefined, '', '']],
    ['/../../etc/passwd', ['../../etc/passwd', undefined, '', '']],
  ])('reads %s', (target, expected) => {
    expect(parts(target)).toEqual(expected);
  });

  it('takes the last word where a stream is called like an action', () => {
    expect(parts('/whip/whip')).toEqual(['whip', 'whip', '', '']);
    expect(parts('/a/whip/whep')).toEqual(['a/whip', 'whep', '', '']);
    expect(parts('/whip')).toEqual(['whip', undefined, '', '']);
  });

  it('does not take an encoded slash for the border of an action', () => {
    expect(parts('/alice%2Fwhip')).toEqual(['alice/whip', undefined, '', '']);
  });

  it('finds an action that was appended behind the query', () => {
    expect(parts('/ROOM?tracks=a3/media_info.json')).toEqual(['ROOM', 'media_info.json', '', 'tracks=a3']);
    expect(parts('/ROOM?tracks=a3/whep')).toEqual(['ROOM', 'whep', '', 'tracks=a3']);
    expect(parts('/ROOM?t=1/sessions/S/request_tracks')).toEqual(['ROOM', 'request_tracks', 'S', 't=1']);
  });

  it('leaves the query alone where the path has an action', () => {
    expect(parts('/a/whip?password=x/whep')).toEqual(['a', 'whip', '', 'password=x%2Fwhep']);
  });

  it.each(['/%', '/%zz/whip', '/%ff/whip', '/a%E0%A4%A/whep'])('answers undefined for %s', (target) => {
    expect(parsePath(target)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webPath(), fc.string()), (text) => {
        expect(() => parsePath(text)).not.toThrow();
        expect(() => parsePath(`/${text}`)).not.toThrow();
      }),
    );
  });

  it('reads back what streamPath writes', () => {
    const bare: StreamAction[] = [
      'whip',
      'whep',
      'media_info.json',
      'embed.html',
      'webrtc',
      'webrtc/publish',
    ];
    const withSession: StreamAction[] = ['whip-session', 'whep-session', 'sessions', 'request_tracks'];
    const stream = fc
      .array(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('whip', 'sessions', 'webrtc', '..', '')),
        {
          minLength: 1,
        },
      )
      .map((words) => words.join('/'));
    const request = fc.oneof(
      fc.record({ action: fc.constantFrom(...bare), sessionId: fc.constant('') }),
      fc.record({ action: fc.constantFrom(...withSession), sessionId: fc.uuid() }),
    );
    fc.assert(
      fc.property(stream, request, (name, { action, sessionId }) => {
        expect(parsePath(streamPath(name, action, sessionId))).toMatchObject({
          stream: name,
          action,
          sessionId,
        });
      }),
    );
  });
});

describe('encodeName', () => {
  it('keeps slashes and encodes the rest', () => {
    expect(encodeName('chat/a b"<?#')).toBe('chat/a%20b%22%3C%3F%23');
  });

  it('does not throw for a lone surrogate', () => {
    expect(encodeName('\ud800')).toBe('%EF%BF%BD');
  });
});

describe('normalizeTarget', () => {
  it.each([
    ['/a/whip?x=1', '/a/whip?x=1'],
    ['http://host:80/a/whip', '/a/whip'],
    ['http://host?x=1', '/?x=1'],
    ['HTTPS://host', '/'],
    ['*', '*'],
  ])('makes %s into %s', (target, expected) => {
    expect(normalizeTarget(target)).toBe(expected);
  });
});
