import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeOffer } from '../fake-services.ts';
import { basic, testApp } from '../test-app.ts';

const editAuth = { user: 'user', password: 'pass' };
const viewAuth = { user: 'viewer', password: 'secret' };
const guarded = [
  '/flussonic/api/server',
  '/flussonic/api/streams',
  '/flussonic/api/sessions',
  '/flussonic/api/stream_health/lobby',
  '/ui/',
];
const guardedV3 = ['/streamer/api/v3/streams', '/streamer/api/v3/streams/lobby', '/streamer/api/v3/sessions'];

async function setUp(options = {}) {
  const { app, services } = testApp({ alice: undefined, bob: undefined }, options);
  services.registry.addRoom('lobby');
  const headers = { 'content-type': 'application/sdp' };
  await app.inject({ method: 'POST', url: '/lobby/whep', headers, payload: fakeOffer });
  await app.inject({ method: 'POST', url: '/alice/whip', headers, payload: fakeOffer });
  const get = (url: string, requestHeaders = {}) => app.inject({ url, headers: requestHeaders });
  return { app, services, get };
}

describe('the information calls', () => {
  it('tell the health of a stream by status and body', async () => {
    const { get } = await setUp();
    const health = async (name: string) => {
      const answer = await get(`/flussonic/api/stream_health/${name}`);
      return [answer.statusCode, answer.body];
    };
    expect(await health('lobby')).toEqual([200, 'true\n']);
    expect(await health('alice')).toEqual([200, 'true\n']);
    expect(await health('bob')).toEqual([424, 'false\n']);
    expect((await health('nobody'))[0]).toBe(404);
  });

  it('list streams and sessions', async () => {
    const { get } = await setUp();
    const { streams } = (await get('/flussonic/api/streams')).json();
    expect(streams).toMatchObject([
      { name: 'alice', alive: true, client_count: 0, urls: [{ value: 'publish://' }] },
      { name: 'bob', alive: false },
      { name: 'lobby', alive: true, client_count: 1, named_by: 'user' },
    ]);
    const { sessions } = (await get('/flussonic/api/sessions')).json();
    expect(sessions).toMatchObject([
      { session_id: 'sid-1', name: 'lobby', type: 'webrtc', ip: '127.0.0.1', bytes_sent: 1000 },
      { session_id: 'sid-2', name: 'alice', type: 'webrtc_publish', bytes_received: 1000 },
    ]);
    const some = (await get('/flussonic/api/sessions?name=alice,bob')).json().sessions;
    expect(some.map(({ name }: { name: string }) => name)).toEqual(['alice']);
  });

  it('describe the server', async () => {
    const { get } = await setUp();
    expect((await get('/flussonic/api/server')).json()).toMatchObject({
      version: '20.08',
      started_at: 1_700_000_000,
      total_streams: 3,
      online_streams: 2,
      total_clients: 1,
    });
  });

  it('tell nothing about the outside of the API', async () => {
    const { get } = await setUp();
    expect((await get('/flussonic/api/nothing')).json()).toMatchObject({ error: 'unknown-path' });
    expect((await get('/flussonic/api/nothing/whep')).statusCode).toBe(404);
  });

  it.each(guarded)('are open to the pairs that may read: %s', async (url) => {
    const { get } = await setUp({ editAuth, viewAuth });
    const refused = await get(url, basic('viewer', 'wrong'));
    expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([
      401,
      'Basic realm="Flussonic"',
    ]);
    expect((await get(url)).statusCode).toBe(401);
    expect((await get(url, basic('viewer', 'secret'))).statusCode).toBe(200);
    expect((await get(url, basic('user', 'pass'))).statusCode).toBe(200);
  });

  it('are open where only edit_auth is configured', async () => {
    const { get } = await setUp({ editAuth });
    expect((await get('/flussonic/api/streams')).statusCode).toBe(200);
  });

  it('take any name in the path as it is', async () => {
    const { app } = testApp();
    // Every parser of URLs resolves a segment that is `.` or `..`, percent-encoded too (WHATWG URL §4.1): no
    // client can send these names in a path.
    const names = fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !/^\.\.?$/.test(name));
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const answer = await app.inject({ url: `/flussonic/api/media_info/${encodeURIComponent(name)}` });
        const shown = JSON.stringify(name).slice(0, 80);
        expect(answer.json().detail).toContain(shown);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the v3 API', () => {
  it('shows streams', async () => {
    const { get } = await setUp();
    const list = (await get('/streamer/api/v3/streams')).json();
    expect(list.estimated_count).toBe(3);
    expect(list.streams[2]).toMatchObject({
      name: 'lobby',
      named_by: 'user',
      inputs: [{ url: 'mosaic2://' }],
      stats: {
        alive: true,
        status: 'running',
        client_count: 1,
        media_info: { tracks: [{ track_id: 'a1' }] },
      },
    });
    expect((await get('/streamer/api/v3/streams/lobby')).json()).toEqual(list.streams[2]);
    expect((await get('/streamer/api/v3/streams/bob')).json().stats.status).toBe('waiting');
  });

  it('shows sessions', async () => {
    const { get } = await setUp();
    expect((await get('/streamer/api/v3/sessions')).json()).toMatchObject({
      estimated_count: 2,
      sessions: [{ id: 'sid-1', proto: 'webrtc', type: 'play', tracks: ['v1', 'a1'] }, { type: 'publish' }],
    });
  });

  it('has errors of its own', async () => {
    const { app } = await setUp();
    const call = async (method: 'GET' | 'PATCH', url: string) => {
      const answer = await app.inject({ method, url });
      return [answer.statusCode, answer.body];
    };
    expect(await call('GET', '/streamer/api/v3/streams/nobody')).toEqual([404, '{"error":"not_found"}\n']);
    expect(await call('GET', '/streamer/api/v3/nothing')).toEqual([404, '{"error":"not_found"}\n']);
    expect(await call('PATCH', '/streamer/api/v3/streams/lobby')).toEqual([
      405,
      '{"error":"unknown_operation"}\n',
    ]);
  });

  it('makes streams by PUT and removes them by DELETE, for those who may edit', async () => {
    const { app, get, services } = await setUp({ editAuth, viewAuth });
    const url = '/streamer/api/v3/streams/chat/new';
    const put = (payload: unknown, headers = basic('user', 'pass')) =>
      app.inject({ method: 'PUT', url, headers, payload: JSON.stringify(payload) });
    const room = { inputs: [{ url: 'mosaic2://', bitrate: 128, disable_video: false }] };

    expect((await put(room, basic('viewer', 'secret'))).statusCode).toBe(403);
    expect(services.registry.room('chat/new')).toBeUndefined();
    const made = await put(room);
    expect([made.statusCode, made.json()]).toMatchObject([200, { name: 'chat/new' }]);
    expect(services.registry.room('chat/new')).toMatchObject({
      disableVideo: false,
      opus: { bitrateKbps: 128 },
    });
    expect((await get(url, basic('user', 'pass'))).json()).toEqual(made.json());

    const bad = await put({ inputs: [{ url: 'rtsp://camera' }] });
    expect([bad.statusCode, bad.body]).toEqual([400, '{"error":"bad_request"}\n']);
    const noJson = await app.inject({ method: 'PUT', url, headers: basic('user', 'pass'), payload: '{' });
    expect(noJson.statusCode).toBe(400);

    const remove = (pair: { authorization: string }) => app.inject({ method: 'DELETE', url, headers: pair });
    expect((await remove(basic('viewer', 'secret'))).statusCode).toBe(403);
    const removed = await remove(basic('user', 'pass'));
    expect([removed.statusCode, removed.body]).toEqual([204, '']);
    expect((await remove(basic('user', 'pass'))).statusCode).toBe(404);
    expect(services.registry.room('chat/new')).toBeUndefined();
  });

  it.each(guardedV3)('takes Basic and Bearer: %s', async (url) => {
    const { get } = await setUp({ editAuth, viewAuth });
    const bearer = (pair: string) => ({ authorization: `Bearer ${Buffer.from(pair).toString('base64')}` });
    const refused = await get(url, bearer('viewer:wrong'));
    expect([refused.statusCode, refused.body]).toEqual([403, '{"error":"authorization_failed"}\n']);
    expect((await get(url)).statusCode).toBe(403);
    expect((await get(url, bearer('viewer:secret'))).statusCode).toBe(200);
    expect((await get(url, bearer('user:pass'))).statusCode).toBe(200);
    expect((await get(url, basic('viewer', 'secret'))).statusCode).toBe(200);
  });

  it.each(['liveness', 'readiness'])('tells its %s to everybody', async (probe) => {
    const { get } = await setUp({ editAuth, viewAuth });
    const answer = await get(`/streamer/api/v3/monitoring/${probe}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      server_version: '20.08',
      now: expect.any(Number),
      started_at: 1_700_000_000,
    });
  });
});

describe('the pages', () => {
  it('are found from the root', async () => {
    const { get } = await setUp();
    const answer = await get('/');
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/ui/']);
  });
});
