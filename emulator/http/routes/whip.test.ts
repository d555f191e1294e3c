import { describe, expect, it } from 'vitest';
import { fakeOffer, fakeRestart } from '../fake-services.ts';
import { basic, testApp } from '../test-app.ts';

const offerHeaders = { 'content-type': 'application/sdp' };
const fragmentHeaders = { 'content-type': 'application/trickle-ice-sdpfrag' };

function setUp() {
  const { app, services } = testApp({ alice: undefined, 'chat/bob': 's3' });
  const publish = (url: string, headers: Record<string, string> = offerHeaders, payload = fakeOffer) =>
    app.inject({ method: 'POST', url, headers, payload });
  return { app, services, publish };
}

describe('publishing over WHIP', () => {
  it('answers an offer with a session', async () => {
    const { publish, services } = setUp();
    const answer = await publish('/alice/whip', { ...offerHeaders, 'user-agent': 'OBS' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/sdp',
      'x-sid': 'sid-1',
      location: '/alice/whip/sid-1',
      etag: '"ice-sid-1"',
      'access-control-allow-origin': '*',
      'accept-patch': 'application/trickle-ice-sdpfrag',
      'access-control-expose-headers': 'X-Sid, Location, Link, ETag, Accept-Patch, Accept-Post',
    });
    expect(answer.body).toBe('v=0\r\ns=sid-1\r\n');
    expect(services.calls).toEqual([
      ['publish', 'alice', fakeOffer, undefined, { remoteAddress: '127.0.0.1', userAgent: 'OBS' }],
    ]);
  });

  it('takes the password from the query or from a Bearer token', async () => {
    const { publish } = setUp();
    expect((await publish('/chat/bob/whip?password=no')).statusCode).toBe(403);
    expect((await publish('/chat/bob/whip?password=s3')).statusCode).toBe(201);
    const bearer = await publish('/chat%2Fbob/whip', { ...offerHeaders, authorization: 'Bearer s3' });
    expect(bearer.statusCode).toBe(201);
    expect(bearer.headers.location).toBe('/chat/bob/whip/sid-2');
  });

  it('asks whoever gives no password, or a wrong token, for a token', async () => {
    const { publish } = setUp();
    const asked = await publish('/chat/bob/whip');
    expect([asked.statusCode, asked.json().error]).toEqual([401, 'unauthorized']);
    expect(asked.headers['www-authenticate']).toBe('Bearer realm="Flussonic"');
    const wrong = await publish('/chat/bob/whip', { ...offerHeaders, authorization: 'Bearer no' });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="Flussonic", error="invalid_token"');
  });

  it('asks no player or publisher for edit_auth or view_auth', async () => {
    const pair = { user: 'user', password: 'pass' };
    const { app } = testApp({ alice: undefined }, { editAuth: pair, viewAuth: pair });
    const answer = await app.inject({
      method: 'POST',
      url: '/alice/whip',
      headers: offerHeaders,
      payload: fakeOffer,
    });
    expect(answer.statusCode).toBe(201);
  });

  it.each([
    ['/nobody/whip', offerHeaders, fakeOffer, 404, 'unknown-stream'],
    ['/alice/whip', offerHeaders, 'rubbish', 400, 'bad-sdp'],
    ['/alice/whip', offerHeaders, '', 400, 'bad-sdp'],
    ['/alice/whip', { 'content-type': 'application/json' }, fakeOffer, 415, 'unsupported-media-type'],
    ['/alice/whip', {}, fakeOffer, 415, 'unsupported-media-type'],
  ])('refuses a bad offer: %s %j', async (url, headers, payload, status, error) => {
    const { publish } = setUp();
    const answer = await publish(url, headers, payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('takes a content type with parameters and in capitals', async () => {
    const { publish } = setUp();
    const answer = await publish('/alice/whip', { 'content-type': 'Application/SDP; charset=utf-8' });
    expect(answer.statusCode).toBe(201);
  });

  it('says in answer to OPTIONS what it takes', async () => {
    const { app } = setUp();
    const answer = await app.inject({ method: 'OPTIONS', url: '/alice/whip' });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(answer.headers).toMatchObject({
      allow: 'GET, HEAD, POST',
      'accept-post': 'application/sdp',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': '*, Authorization, Content-Type, If-Match',
      server: 'Streamer 20.08',
    });
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)('answers %s on the endpoint with 405', async (method) => {
    const { app } = setUp();
    const answer = await app.inject({ method, url: '/alice/whip' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });

  it.each(['GET', 'HEAD'] as const)('has nothing to show to %s', async (method) => {
    const { app } = setUp();
    const answer = await app.inject({ method, url: '/alice/whip' });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
  });

  it('refuses to take a part of what is offered', async () => {
    const { publish } = setUp();
    const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendonly\r\n';
    const answer = await publish('/alice/whip', offerHeaders, fakeOffer + audio + audio);
    expect([answer.statusCode, answer.json().error]).toEqual([400, 'bad-sdp']);
  });
});

describe('the session of a publisher', () => {
  it('is ended by DELETE, once', async () => {
    const { app, services, publish } = setUp();
    const { location } = (await publish('/alice/whip')).headers;
    const { session } = services.session('sid-1')!;
    expect((await app.inject({ method: 'DELETE', url: location! })).statusCode).toBe(200);
    await expect(session.ended).resolves.toBe('closed-by-client');
    const second = await app.inject({ method: 'DELETE', url: location! });
    expect([second.statusCode, second.json().error]).toEqual([404, 'unknown-session']);
  });

  it('is not found under another stream or as a player', async () => {
    const { app, services, publish } = setUp();
    await publish('/alice/whip');
    for (const url of ['/bob/whip/sid-1', '/alice/whep/sid-1', '/alice/whip/sid-2']) {
      expect((await app.inject({ method: 'DELETE', url })).statusCode).toBe(404);
    }
    expect(services.session('sid-1')).toBeDefined();
  });

  it.each(['POST', 'PUT'] as const)('answers %s with 405', async (method) => {
    const { app } = setUp();
    const answer = await app.inject({ method, url: '/alice/whip/sid-1' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, DELETE, PATCH']);
  });

  it('has nothing to show to GET and HEAD, as long as it is there', async () => {
    const { app, publish } = setUp();
    await publish('/alice/whip');
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await app.inject({ method, url: '/alice/whip/sid-1' });
      expect([answer.statusCode, answer.body]).toEqual([204, '']);
    }
    expect((await app.inject({ method: 'GET', url: '/alice/whip/sid-2' })).statusCode).toBe(404);
  });

  it('says in answer to OPTIONS that it takes fragments', async () => {
    const { app } = setUp();
    const answer = await app.inject({ method: 'OPTIONS', url: '/alice/whip/sid-1' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['accept-patch']).toBe('application/trickle-ice-sdpfrag');
  });

  it('is ended whatever ICE session DELETE names', async () => {
    const { app, publish } = setUp();
    await publish('/alice/whip');
    const headers = { 'if-match': '"another"' };
    const answer = await app.inject({ method: 'DELETE', url: '/alice/whip/sid-1', headers });
    expect(answer.statusCode).toBe(200);
  });

  it('takes candidates for the present ICE session only', async () => {
    const { app, services, publish } = setUp();
    await publish('/alice/whip');
    const patch = (headers: Record<string, string>, payload = 'a=candidate:1') =>
      app.inject({
        method: 'PATCH',
        url: '/alice/whip/sid-1',
        headers: { ...fragmentHeaders, ...headers },
        payload,
      });

    expect((await patch({})).statusCode).toBe(428);
    for (const tag of ['"other"', 'W/"ice-sid-1"', 'ice-sid-1', '']) {
      expect((await patch({ 'if-match': tag })).statusCode).toBe(412);
    }
    expect(services.calls.filter(([name]) => name === 'patch')).toEqual([]);

    const taken = await patch({ 'if-match': '"x", "ice-sid-1"' });
    expect([taken.statusCode, taken.body, taken.headers.etag]).toEqual([204, '', undefined]);
    expect(services.calls.at(-1)).toEqual(['patch', 'sid-1', 'a=candidate:1']);
    expect((await patch({ 'if-match': '"ice-sid-1"' }, '')).statusCode).toBe(400);
    expect((await patch({ 'if-match': '*', 'content-type': 'application/sdp' })).statusCode).toBe(415);
  });

  it('answers an ICE restart with a fragment', async () => {
    const { app, publish } = setUp();
    await publish('/alice/whip');
    const answer = await app.inject({
      method: 'PATCH',
      url: '/alice/whip/sid-1',
      headers: { ...fragmentHeaders, 'if-match': '*' },
      payload: fakeRestart,
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/trickle-ice-sdpfrag');
    expect(answer.headers.etag).toBe('"ice-sid-1"');
    expect(answer.body).toBe('a=ice-ufrag:ANSWER\r\n');
  });

  it('needs no credentials of the API', async () => {
    const { app } = setUp();
    const answer = await app.inject({ method: 'DELETE', url: '/alice/whip/none', headers: basic('x', 'y') });
    expect(answer.statusCode).toBe(404);
  });
});
