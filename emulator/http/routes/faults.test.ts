import { describe, expect, it } from 'vitest';
import { FaultDesk } from '../../faults/fault-desk.ts';
import { basic, testApp } from '../test-app.ts';

const editAuth = { user: 'user', password: 'pass' };
const deeplyNested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const rule = { on: { direction: 'in', stream: 'alice' }, do: { lose: 0.05 } };

/** The API over faults of an emulator with the room `demo`, and what they did to it. */
function setUp() {
  const done: string[] = [];
  const faults = new FaultDesk(
    { seed: 7 },
    {
      server: 'test',
      hasRoom: (name) => name === 'demo',
      removeRoom: (name) => done.push(`removed ${name}`),
      roomsOf: () => [],
      onRoomEvent: () => {},
      closePublisher: (stream) => stream === 'alice' && done.push('closed alice') > 0,
    },
  );
  const { app } = testApp({}, { faults, editAuth });
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown) => {
    const payload = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const answer = await app.inject({
      method,
      url,
      headers: basic('user', 'pass'),
      ...(payload !== undefined && { payload }),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      json: answer.body && JSON.parse(answer.body),
    };
  };
  return { app, call, faults, done };
}

describe('the command API of faults', () => {
  it('adds rules, shows what they did, and takes them back', async () => {
    const { call } = setUp();
    const added = await call('POST', '/faults/api/rules', rule);
    expect(added).toMatchObject({ status: 201, headers: { location: '/faults/api/rules/rule-1' } });
    const shown = { ...rule, id: 'rule-1', matched: 0, hits: 0 };
    expect(added.json).toEqual(shown);
    await call('POST', '/faults/api/rules', { ...rule, id: 'mine' });
    for (const url of ['/faults/api/', '/faults/api/rules']) {
      expect((await call('GET', url)).json).toEqual({ seed: 7, rules: [shown, { ...shown, id: 'mine' }] });
    }
    expect((await call('DELETE', '/faults/api/rules/mine')).status).toBe(204);
    expect((await call('GET', '/faults/api/rules/mine')).status).toBe(404);
    expect((await call('DELETE', '/faults/api/rules/mine')).status).toBe(404);
    expect((await call('GET', '/faults/api/rules/rule-1')).json).toEqual(shown);
    expect((await call('DELETE', '/faults/api/rules')).status).toBe(204);
    expect((await call('GET', '/faults/api/')).json).toEqual({ seed: 7, rules: [] });
  });

  it.each<[url: string, body: unknown, error: string, detail: RegExp]>([
    ['/faults/api/rules', '{', 'malformed-json', /^The body is not JSON: /],
    ['/faults/api/rules', '', 'malformed-json', /^The body is not JSON: /],
    ['/faults/api/rules', { on: {}, do: { status: 7 } }, 'bad-value', /^do\.status: expected an HTTP status/],
    ['/faults/api/rules', deeplyNested, 'bad-value', /not a list$/],
    ['/faults/api/acts', '[]', 'bad-value', /^expected an object with "act", not a list$/],
    ['/faults/api/acts', { act: 'constructor' }, 'bad-value', /^act: expected one of "cut_publisher", /],
    ['/faults/api/acts', { act: 'cut_publisher' }, 'bad-value', /^stream: is missing$/],
    ['/faults/api/acts', { act: 'cut_publisher', stream: 7 }, 'bad-value', /^stream: expected a string/],
    [
      '/faults/api/acts',
      { act: 'cut_publisher', stream: 'alice', how: 'gently' },
      'bad-value',
      /^how: expected one of "vanish", "close", not "gently"$/,
    ],
    ['/faults/api/acts', { act: 'kill_room', room: 'demo', statu: 5 }, 'bad-value', /did you mean status\?$/],
    ['/faults/api/acts', { act: 'kill_room', room: 'none' }, 'unknown-stream', /^There is no room "none"\.$/],
    [
      '/faults/api/acts',
      { act: 'cut_publisher', stream: 'bob' },
      'unknown-stream',
      /^Nobody publishes "bob"\.$/,
    ],
  ])('refuses what it cannot use, and says why (%s, case %#)', async (url, body, error, detail) => {
    const { call, faults } = setUp();
    const answer = await call('POST', url, body);
    expect(answer.json).toEqual({ error, detail: expect.stringMatching(detail) });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(faults.rules()).toEqual([]);
  });

  it('does acts', async () => {
    const { call, done, faults } = setUp();
    const act = async (body: object) => (await call('POST', '/faults/api/acts', body)).json;
    expect(await act({ act: 'cut_publisher', stream: 'alice', how: 'close' })).toEqual({ success: true });
    expect(await act({ act: 'kill_room', room: 'demo' })).toEqual({ success: true });
    expect(await act({ act: 'kill_room', room: 'demo', status: 500 })).toEqual({
      success: true,
      rule: 'rule-1',
    });
    expect(await act({ act: 'close_websockets' })).toEqual({ success: true, closed: 0 });
    expect(done).toEqual(['closed alice', 'removed demo', 'removed demo']);
    expect(faults.rules()[0]).toMatchObject({ rule: { on: { room: 'demo' }, do: { status: 500 } } });
  });

  it('asks for the credentials of edit_auth, and for the right methods', async () => {
    const { app, call } = setUp();
    for (const url of ['/faults/api/', '/faults/api/rules', '/faults/api/rules/x']) {
      expect((await app.inject({ url })).statusCode).toBe(401);
    }
    expect((await app.inject({ method: 'POST', url: '/faults/api/acts' })).statusCode).toBe(401);
    expect(await call('PUT', '/faults/api/rules')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, POST, DELETE' },
    });
  });

  it('is not there where it was not asked for', async () => {
    const { app } = testApp({}, { editAuth });
    for (const url of ['/faults/api/', '/faults/api/rules', '/faults/api/acts']) {
      expect((await app.inject({ url, headers: basic('user', 'pass') })).statusCode).toBe(404);
    }
  });
});
