import { describe, expect, it } from 'vitest';
import { basic, testApp } from '../test-app.ts';

const base = '/flussonic/api/dynamic_mosaic';
const addRoom = JSON.stringify({ command: 'add_room', args: ['lobby'] });

describe('the command API', () => {
  it.each([base, `${base}/`])('reaches the manager at %s', async (url) => {
    const { app, services } = testApp();
    const answer = await app.inject({ method: 'POST', url, payload: addRoom });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers.server).toBe('Streamer 20.08');
    expect(answer.body).toBe('{"success":true}\n');
    expect(services.calls).toEqual([['managerCommand', addRoom]]);
  });

  it.each([
    ['lobby', 'lobby'],
    ['floor%201/lobby', 'floor 1/lobby'],
    ['floor%2Flobby', 'floor/lobby'],
    ['100%25', '100%'],
    ['%252F', '%2F'],
    ['a%3Fb%23c', 'a?b#c'],
  ])('reaches the room at %s', async (path, name) => {
    const { app, services } = testApp();
    await app.inject({ method: 'POST', url: `${base}/${path}`, payload: '{}' });
    expect(services.calls).toEqual([['roomCommand', name, '{}']]);
  });

  it.each([
    'application/x-www-form-urlencoded',
    'application/json',
    'text/plain; charset=latin1',
    'multipart/form-data',
    ';;; no content type at all',
    '',
    undefined,
  ])('reads the body as it is, under the content type %s', async (contentType) => {
    const { app, services } = testApp();
    const body = '{"command":"add_room","args":["ä+%20&=€"]}';
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    const answer = await app.inject({ method: 'POST', url: base, payload: Buffer.from(body), headers });
    expect(services.calls).toEqual([['managerCommand', body]]);
    expect(answer.statusCode).toBe(200);
  });

  it('answers an empty body with 400', async () => {
    const { app } = testApp();
    const answer = await app.inject({ method: 'POST', url: base });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: 'malformed-json' });
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'] as const)(
    'answers %s with 405',
    async (method) => {
      const { app, services } = testApp();
      for (const url of [base, `${base}/`, `${base}/room`]) {
        const answer = await app.inject({ method, url, payload: addRoom });
        expect(answer.statusCode).toBe(405);
        expect(answer.headers.allow).toBe('POST');
      }
      expect(services.calls).toEqual([]);
    },
  );

  it('asks for the edit_auth pair, and takes no other', async () => {
    const { app, services } = testApp(
      {},
      { editAuth: { user: 'user', password: 'pass' }, viewAuth: { user: 'viewer', password: 'secret' } },
    );
    const call = (headers = {}) => app.inject({ method: 'POST', url: `${base}/`, payload: addRoom, headers });
    for (const headers of [{}, basic('user', 'wrong'), basic('viewer', 'secret')]) {
      const answer = await call(headers);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="Flussonic"');
      expect(answer.headers['content-type']).toBe('application/json');
      expect(answer.json()).toMatchObject({ error: 'unauthorized' });
      expect(answer.body.endsWith('\n')).toBe(true);
    }
    expect(services.calls).toEqual([]);
    expect((await call(basic('user', 'pass'))).statusCode).toBe(200);
  });

  it('answers paths beside it with 404', async () => {
    const { app } = testApp();
    const answer = await app.inject({
      method: 'POST',
      url: '/flussonic/api/dynamic_mosaics',
      payload: addRoom,
    });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: 'unknown-path' });
  });
});
