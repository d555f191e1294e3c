import { request } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { type Emulator, type FaultOptions, type FaultRule, startEmulator } from '../index.ts';

const running: Emulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

async function start(...rules: FaultRule[]): Promise<Emulator> {
  return startWith({ rules });
}

async function startWith(faults?: FaultOptions): Promise<Emulator> {
  const emulator = await startEmulator({ faults });
  running.push(emulator);
  return emulator;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** Why the answer did not come, or not all of it. */
  readonly error: string | undefined;
}

const path = '/flussonic/api/dynamic_mosaic/';

/** A call as any program makes it, which tells a broken answer from a whole one. */
function call(
  emulator: Emulator,
  target: string,
  { method = 'GET', body = '', auth = 'user:pass' }: { method?: string; body?: string; auth?: string } = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    const url = new URL(target, emulator.httpUrls[0]);
    let answer: Omit<Answer, 'error'> = { status: undefined, headers: {}, body: '' };
    const done = (error?: Error) => resolve({ ...answer, error: error && (error as { code?: string }).code });
    const asked = request(url, { method, auth, agent: false }, (response) => {
      const { statusCode: status, headers } = response;
      answer = { status, headers, body: '' };
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        answer = { ...answer, body: answer.body + chunk };
      });
      response.on('error', done);
      response.on('end', () => done());
    });
    asked.on('error', done);
    asked.end(body);
  });
}

function command(emulator: Emulator, room: string, name: string, ...args: string[]): Promise<Answer> {
  const body = JSON.stringify({ command: name, args });
  return call(emulator, path + room, { method: 'POST', body });
}

const liveness = '/streamer/api/v3/monitoring/liveness';

describe('faults of HTTP calls', () => {
  it('answers 503 instead of the call, before it asks who calls', async () => {
    const emulator = await start({
      on: { path: '/flussonic/*' },
      do: { status: 503, headers: { 'Retry-After': '2' } },
    });
    const answer = await call(emulator, path, { method: 'POST', auth: 'nobody:wrong' });
    expect(answer).toMatchObject({ status: 503, error: undefined });
    expect(answer.headers).toMatchObject({
      'retry-after': '2',
      'content-type': 'application/json',
      server: expect.any(String),
    });
    expect(JSON.parse(answer.body)).toEqual({ error: 'fault', detail: 'A fault on purpose: rule-1.' });
    expect((await call(emulator, liveness)).status).toBe(200);
  });

  it('hits one command of one stream, so many times, after so many', async () => {
    const emulator = await start({
      on: { command: 'add_stream', stream: 'ali*', room: 'demo' },
      do: { status: 500, body: 'broken' },
      after: 1,
      times: 2,
    });
    await command(emulator, '', 'add_room', 'demo');
    await command(emulator, '', 'add_room', 'other');
    const statuses: (number | undefined)[] = [];
    for (const [room, stream] of [
      ['demo', 'alice'],
      ['demo', 'alice'],
      ['other', 'alice2'],
      ['demo', 'bob'],
      ['demo', 'alina'],
      ['demo', 'alice'],
    ] as const) {
      statuses.push((await command(emulator, room, 'add_stream', stream)).status);
    }
    expect(statuses).toEqual([200, 500, 200, 200, 500, 200]);
    expect(emulator.faults.rules()[0]).toMatchObject({ matched: 4, hits: 2 });
    // The call was not made.
    expect(emulator.rooms()[0]!.members.map(({ stream }) => stream)).toEqual(['alice', 'bob']);
  });

  it('makes the call and loses only its answer, where that is wanted', async () => {
    const emulator = await start(
      { on: { command: 'add_room', room: 'a' }, do: { status: 502, body: { down: true }, when: 'after' } },
      { on: { command: 'add_room', room: 'b' }, do: { drop: true, when: 'after' } },
      { on: { command: 'add_room', room: 'c' }, do: { drop: true } },
    );
    const [a, b, c] = await Promise.all(
      ['a', 'b', 'c'].map((room) => command(emulator, '', 'add_room', room)),
    );
    expect(a).toMatchObject({ status: 502, body: '{"down":true}\n' });
    expect(b).toMatchObject({ status: undefined, error: 'ECONNRESET' });
    expect(c).toMatchObject({ status: undefined, error: 'ECONNRESET' });
    expect(emulator.rooms().map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('breaks answers off in the middle', async () => {
    const emulator = await start(
      { on: { path: liveness }, do: { truncate: 10 } },
      { on: { path: '/flussonic/api/streams' }, do: { truncate: 0.5 } },
      { on: { path: '/ui/' }, do: { truncate: 0 } },
      { on: { path: '/ui/chat' }, do: { truncate: 1_000_000 } },
    );
    const [first, half, nothing, all] = await Promise.all(
      [liveness, '/flussonic/api/streams', '/ui/', '/ui/chat'].map((target) => call(emulator, target)),
    );
    expect(first).toMatchObject({ status: 200, error: 'ECONNRESET' });
    expect(first!.body).toHaveLength(10);
    expect(half).toMatchObject({ status: 200, error: 'ECONNRESET' });
    expect(half!.body).toHaveLength(Math.floor(Number(half!.headers['content-length']) / 2));
    expect(nothing).toMatchObject({ status: 200, error: 'ECONNRESET', body: '' });
    expect(all).toMatchObject({ status: 200, error: undefined });
    expect(Buffer.byteLength(all!.body)).toBe(Number(all!.headers['content-length']));
  });

  it('answers late, and the rest adds up', async () => {
    const emulator = await start(
      { on: { path: liveness }, do: { delayMs: [100, 150] } },
      { on: { path: liveness }, do: { delayMs: 100, status: 500, when: 'after' } },
    );
    const startedMs = performance.now();
    const [late, swift] = await Promise.all([
      call(emulator, liveness).then((answer) => ({ answer, tookMs: performance.now() - startedMs })),
      call(emulator, '/flussonic/api/streams').then(() => performance.now() - startedMs),
    ]);
    expect(late.answer.status).toBe(500);
    expect(late.tookMs).toBeGreaterThanOrEqual(199);
    expect(swift).toBeLessThan(late.tookMs);
  });

  it('makes no call late whose client has gone', async () => {
    const emulator = await start({ on: { command: 'add_room' }, do: { delayMs: 400 } });
    const body = '{"command":"add_room","args":["gone"]}';
    const url = new URL(path, emulator.httpUrls[0]);
    const asked = request(url, { method: 'POST', auth: 'user:pass', agent: false });
    asked.on('error', () => {});
    asked.end(body);
    await vi.waitUntil(() => emulator.faults.hits('rule-1') === 1, { timeout: 10_000 });
    asked.destroy();
    // Later than the one that has gone.
    expect((await command(emulator, '', 'add_room', 'stays')).status).toBe(200);
    expect(emulator.rooms().map(({ name }) => name)).toEqual(['stays']);
  });

  it('keeps nobody waiting who closes it', async () => {
    const emulator = await start({ on: { path: liveness }, do: { delayMs: 300_000 } });
    const answer = call(emulator, liveness);
    await vi.waitUntil(() => emulator.faults.hits('rule-1') === 1, { timeout: 10_000 });
    await emulator.close();
    expect(await answer).toMatchObject({ status: 200 });
  });

  it('lets browsers ask whether they may call, and see the answer', async () => {
    const emulator = await start({ on: { stream: 'alice' }, do: { status: 503 } });
    expect((await call(emulator, '/alice/whip', { method: 'OPTIONS' })).status).toBe(200);
    const answer = await call(emulator, '/alice/whip', { method: 'POST' });
    expect(answer).toMatchObject({ status: 503, headers: { 'access-control-allow-origin': '*' } });
    expect((await call(emulator, '/bob/whip', { method: 'POST' })).status).not.toBe(503);
  });

  it('hits the same calls by the same seed, whatever is called beside them', async () => {
    const rule: FaultRule = { on: { path: '/streamer/*' }, do: { status: 503 }, probability: 0.4 };
    const statuses = async (seed: number, beside: string[]) => {
      const emulator = await startWith({ seed, rules: [rule] });
      const all: (number | undefined)[] = [];
      for (let i = 0; i < 40; i += 1) {
        await Promise.all(beside.slice(0, i % 3).map((target) => call(emulator, target)));
        all.push((await call(emulator, liveness)).status);
      }
      return all;
    };
    const alone = await statuses(7, []);
    expect(await statuses(7, ['/streamer/api/v3/streams', '/streamer/api/v3/sessions'])).toEqual(alone);
    expect(await statuses(8, [])).not.toEqual(alone);
    const hits = alone.filter((status) => status === 503).length;
    expect(hits).toBeGreaterThan(6);
    expect(hits).toBeLessThan(26);
  });

  it('takes paths that nobody would call', async () => {
    const emulator = await start({ on: { room: 'x' }, do: { status: 503 } });
    for (const target of [
      '/%ff/whip',
      '/flussonic/api/dynamic_mosaic/%ff',
      '/x//whip',
      `/${'a'.repeat(9000)}/whip`,
    ]) {
      expect((await call(emulator, target, { method: 'POST', body: '{"command":7}' })).status).not.toBe(503);
    }
    expect((await call(emulator, '/flussonic/api/dynamic_mosaic/%78', { method: 'POST' })).status).toBe(503);
  });
});

describe('faults of WebSockets', () => {
  function connect(emulator: Emulator, name: string): WebSocket {
    return new WebSocket(`${emulator.httpUrls[0]!.replace('http', 'ws')}/${name}/webrtc`);
  }

  /** `open`, or what went wrong instead. */
  function outcome(socket: WebSocket): Promise<string> {
    return new Promise((resolve) => {
      socket.once('open', () => resolve('open'));
      socket.once('error', (error) => resolve(error.message));
    });
  }

  it('refuses and breaks off handshakes', async () => {
    const emulator = await start(
      { on: { path: '/a/webrtc' }, do: { status: 503 } },
      { on: { path: '/b/webrtc' }, do: { drop: true } },
      { on: { path: '/c/webrtc' }, do: { delayMs: 50 } },
    );
    const [a, b, c] = ['a', 'b', 'c'].map((name) => outcome(connect(emulator, name)));
    expect(await a).toBe('Unexpected server response: 503');
    expect(await b).toBe('socket hang up');
    expect(await c).toBe('open');
  });

  it('breaks off those that are open, by the name in their path', async () => {
    const emulator = await start();
    await command(emulator, '', 'add_room', 'demo');
    await command(emulator, '', 'add_room', 'other');
    const [demo, other] = [connect(emulator, 'demo'), connect(emulator, 'other')];
    expect(await Promise.all([outcome(demo), outcome(other)])).toEqual(['open', 'open']);
    const closed = new Promise((resolve) => demo.once('close', resolve));
    expect(emulator.faults.closeWebSockets('de*')).toBe(1);
    // 1006: without a closing handshake.
    expect(await closed).toBe(1006);
    expect(other.readyState).toBe(WebSocket.OPEN);
    expect(emulator.faults.closeWebSockets('de*')).toBe(0);
  });
});

describe('a room that is killed', () => {
  it('is unknown from then on', async () => {
    const emulator = await start();
    await command(emulator, '', 'add_room', 'demo');
    expect(emulator.faults.killRoom('demo')).toBeUndefined();
    const answer = await command(emulator, 'demo', 'stat');
    expect(answer.status).toBe(404);
    expect(() => emulator.faults.killRoom('demo')).toThrow(new RangeError('There is no room "demo".'));
  });

  it('answers every call with an error, until the rule is taken back', async () => {
    const emulator = await start();
    for (const name of ['demo', 'other']) await command(emulator, '', 'add_room', name);
    const rule = emulator.faults.killRoom('demo', 500)!;
    const calls = () =>
      Promise.all([
        command(emulator, 'demo', 'stat'),
        call(emulator, '/demo/whep', { method: 'POST' }),
        command(emulator, 'other', 'stat'),
      ]);
    expect((await calls()).map(({ status }) => status)).toEqual([500, 500, 200]);
    emulator.faults.remove(rule);
    await command(emulator, '', 'add_room', 'demo');
    expect((await command(emulator, 'demo', 'stat')).status).toBe(200);
  });
});

describe('an emulator without faults', () => {
  it('has no API for them, and says so to programs', async () => {
    for (const emulator of [await startWith(undefined), await startWith({})]) {
      expect((await call(emulator, '/faults/api/')).status).toBe(404);
      expect((await call(emulator, '/faults/api/rules', { method: 'POST' })).status).toBe(404);
    }
    const { faults } = await startWith(undefined);
    expect(() => faults.killRoom('demo')).toThrow('Faults are off');
    expect(faults.rules()).toEqual([]);
  });

  it('does not start with rules that cannot be', async () => {
    const rule = { on: {}, do: { status: 'often' } } as unknown as FaultRule;
    await expect(startEmulator({ faults: { rules: [rule] } })).rejects.toThrow(
      'rules[0].do.status: expected an HTTP status from 400 to 599, not "often"',
    );
  });
});
