import { describe, expect, it } from 'vitest';
import { fakeOffer } from '../fake-services.ts';
import { testApp } from '../test-app.ts';

const headers = { 'content-type': 'application/sdp', 'user-agent': 'test' };

function setUp() {
  const { app, services } = testApp({ alice: undefined });
  services.registry.addRoom('lobby');
  const play = (url: string) => app.inject({ method: 'POST', url, headers, payload: fakeOffer });
  return { app, services, play };
}

describe('playing over WHEP', () => {
  it('answers an offer with a session', async () => {
    const { app, services, play } = setUp();
    const answer = await play('/lobby/whep');
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({
      'x-sid': 'sid-1',
      location: '/lobby/whep/sid-1',
      etag: '"ice-sid-1"',
      'accept-patch': 'application/trickle-ice-sdpfrag',
    });
    for (const url of ['/lobby/whep', '/lobby/whep/sid-1']) {
      expect((await app.inject({ method: 'GET', url })).statusCode).toBe(204);
    }
    expect((await app.inject({ method: 'DELETE', url: '/lobby/whep/sid-1' })).statusCode).toBe(200);
    expect(services.session('sid-1')).toBeUndefined();
  });

  it.each([
    ['/lobby/whep', {}],
    ['/lobby/whep?start_track=v1a3', { video: 1, audio: 3 }],
    ['/lobby/whep?tracks=a3', { audio: 3 }],
    ['/lobby/whep?filter.tracks=a3', { audio: 3 }],
    ['/lobby/whep?filter=tracks:a3', { audio: 3 }],
    ['/lobby?tracks=a3/whep', { audio: 3 }],
    ['/lobby/whap', {}],
  ])('takes the choice of tracks from %s', async (url, tracks) => {
    const { play, services } = setUp();
    expect((await play(url)).statusCode).toBe(201);
    expect(services.calls[0]?.slice(0, 4)).toEqual(['play', 'lobby', fakeOffer, tracks]);
  });

  it('refuses tracks it cannot read, and streams it does not know', async () => {
    const { play } = setUp();
    const odd = await play('/lobby/whep?tracks=everything');
    expect([odd.statusCode, odd.json().error]).toEqual([400, 'bad-value']);
    const unknown = await play('/nobody/whep');
    expect([unknown.statusCode, unknown.json().error]).toEqual([404, 'unknown-stream']);
  });
});

describe('the running session of a player', () => {
  const put = (app: ReturnType<typeof setUp>['app'], url: string, payload: string) =>
    app.inject({ method: 'PUT', url, payload });

  it('gets other tracks', async () => {
    const { app, services, play } = setUp();
    await play('/lobby/whep');
    const url = '/lobby/sessions/sid-1/request_tracks';
    const answer = await put(app, url, '{"tracks":["v1","a3"]}');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ tracks: ['v1', 'a3'] });
    expect(services.calls.at(-1)).toEqual(['selectTracks', 'lobby', 'sid-1', { video: 1, audio: 3 }]);
    await put(app, url, '{"tracks":[]}');
    expect(services.calls.at(-1)).toEqual(['selectTracks', 'lobby', 'sid-1', {}]);
  });

  it.each([
    ['not JSON', 'malformed-json'],
    ['', 'malformed-json'],
    ['null', 'bad-value'],
    ['[]', 'bad-value'],
    ['{"tracks":[1]}', 'bad-value'],
    ['{"tracks":["x1"]}', 'bad-value'],
  ])('refuses the body %s', async (body, error) => {
    const { app, play } = setUp();
    await play('/lobby/whep');
    const answer = await put(app, '/lobby/sessions/sid-1/request_tracks', body);
    expect([answer.statusCode, answer.json().error]).toEqual([400, error]);
  });

  it('is 404 where it is over, and a success for a client that knows no session id', async () => {
    const { app } = setUp();
    expect((await put(app, '/lobby/sessions/x/request_tracks', '{"tracks":[]}')).statusCode).toBe(404);
    expect((await put(app, '/lobby/sessions//request_tracks', '{"tracks":[]}')).statusCode).toBe(200);
  });

  it.each(['/lobby/sessions/sid-1', '/lobby/sessions/', '/lobby/sessions/gone'])(
    'may report statistics to %s',
    async (url) => {
      const { app } = setUp();
      expect((await put(app, url, '{"any":"thing"')).statusCode).toBe(204);
    },
  );

  it('may be told of from pages of other origins', async () => {
    const { app } = setUp();
    const answer = await app.inject({ method: 'OPTIONS', url: '/lobby/sessions/sid-1/request_tracks' });
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([200, '*']);
  });
});
