import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testApp } from './test-app.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const;

describe('hostile requests', () => {
  it.each(['/%', '/%zz/whip', '/%ff/whep', '/flussonic/api/dynamic_mosaic/%E0%A4%A'])(
    'are answered with 400 for a malformed percent-encoding: %s',
    async (url) => {
      const { app } = testApp();
      const answer = await app.inject({ method: 'POST', url });
      expect([answer.statusCode, answer.json().error]).toEqual([400, 'bad-request']);
      expect(answer.headers.server).toBe('Streamer 20.08');
      expect(answer.headers['content-type']).toBe('application/json');
    },
  );

  it('are answered with 414 for a path that is too long', async () => {
    const { app } = testApp();
    const answer = await app.inject({ url: `/${'x'.repeat(10_000)}/media_info.json` });
    expect([answer.statusCode, answer.json().error]).toEqual([414, 'uri-too-long']);
  });

  it('are never answered with 500', async () => {
    const { app, services } = testApp({ alice: undefined, 'a/b': 's3' });
    services.registry.addRoom('lobby');
    const segment = fc.oneof(
      fc.constantFrom('alice', 'lobby', 'a/b', 'whip', 'whep', 'media_info.json', 'sessions', 'sid-1', ''),
      fc.constantFrom('request_tracks', 'webrtc', 'publish', 'embed.html', 'ui', '__proto__', 'constructor'),
      fc.constantFrom(
        'flussonic/api/dynamic_mosaic',
        'flussonic/api',
        'streamer/api/v3/streams',
        'stream_health',
      ),
      fc.webSegment(),
      fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(Buffer.from(text).toString())),
    );
    const request = fc.record({
      method: fc.constantFrom(...methods),
      url: fc
        .tuple(fc.array(segment, { maxLength: 5 }), fc.oneof(fc.constant(''), fc.webQueryParameters()))
        .map(([segments, query]) => `/${segments.join('/')}${query && `?${query}`}`),
      headers: fc.record(
        {
          'content-type': fc.constantFrom('application/sdp', 'application/trickle-ice-sdpfrag', 'x', ';'),
          authorization: fc.constantFrom('Basic', 'Bearer x', 'Basic eDp5', '\x01'),
          'if-match': fc.constantFrom('*', '"x"', ','),
        },
        { requiredKeys: [] },
      ),
      payload: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc
          .record({ command: fc.string(), args: fc.array(fc.jsonValue()) })
          .map((call) => JSON.stringify(call)),
        fc.record({ tracks: fc.jsonValue() }).map((wish) => JSON.stringify(wish)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(request, async (options) => {
        const answer = await app.inject(options);
        expect(answer.statusCode).not.toBe(500);
        expect(answer.headers.server).toBe('Streamer 20.08');
        // 424 is how stream_health says no, and its body is `false`.
        const isError = answer.statusCode >= 400 && answer.statusCode !== 424;
        // Who opens the player page of an unknown stream is a person, and gets a page.
        const isPage = answer.statusCode === 404 && /\/embed\.html(\?|$)/.test(options.url);
        if (isError && !isPage && options.method !== 'HEAD') {
          expect(answer.headers['content-type']).toBe('application/json');
          expect(answer.json().error).toEqual(expect.any(String));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('do not show what went wrong inside', async () => {
    const { app, services } = testApp();
    services.streams = () => {
      throw new Error('secret detail');
    };
    for (const url of ['/flussonic/api/streams', '/streamer/api/v3/streams']) {
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toContain('secret');
    }
  });
});
