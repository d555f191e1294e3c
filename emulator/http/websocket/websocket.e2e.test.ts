import { once } from 'node:events';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultProfile, type Profile } from '../../profile.ts';
import { FakeServices, fakeOffer } from '../fake-services.ts';
import { type RunningHttp, startHttp } from '../index.ts';
import { silentLogger } from '../test-app.ts';
import { rawRequest, TestSocket } from '../test-socket.ts';
import { maxFrameBytes } from './client-frames.ts';
import { EraSocket } from './test-era-socket.ts';

const anyPort = { address: '127.0.0.1', port: 0 };
const running: RunningHttp[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((http) => http.close()));
});

type Options = Partial<Parameters<typeof startHttp>[1]>;

/** HTTP and WebSocket over services without media: a room `lobby`, streams `alice` and `bob`. */
async function start(options: Options & { profile?: Profile } = {}) {
  const services = new FakeServices({ alice: undefined, 'a/b': 's3cret' }, options.profile);
  services.registry.addRoom('lobby');
  const http = await startHttp(services, { http: [anyPort], https: [], logger: silentLogger, ...options });
  running.push(http);
  const { port } = http.addresses[0]!;
  return { http, services, port, url: `ws://127.0.0.1:${port}` };
}

const waiting = { timeout: 5000, interval: 5 };

describe('a player’s socket', () => {
  it('gets the configuration first, then an offer with what the stream has', async () => {
    const { services, url } = await start();
    const player = await EraSocket.open(`${url}/lobby/webrtc?tracks=a3`);
    const offer = await player.frame({ type: 'offer' });
    expect(player.frames[0]).toEqual({ config: {}, session_id: 'sid-1' });
    expect(offer).toMatchObject({ sdp: 'v=0\r\ns=offer\r\n', media_info: { tracks: [{ track_id: 'a1' }] } });
    expect(services.calls[0]?.slice(0, 3)).toEqual(['offerPlay', 'lobby', { audio: 3 }]);
    player.send({ type: 'answer', sdp: fakeOffer });
    await vi.waitUntil(() => services.sessions().length === 1, waiting);
    expect(services.sessions()[0]).toMatchObject({ stream: 'lobby', remoteAddress: '127.0.0.1' });
  });

  it('is told of a TURN server', async () => {
    const turn = { addr: '192.0.2.1', port: 3478, user: 'u', pass: 'p' };
    const urls = 'turn:192.0.2.1:3478?transport=tcp';
    const { url } = await start({ iceServers: [{ urls, username: 'u', credential: 'p' }] });
    const player = await EraSocket.open(`${url}/lobby/webrtc`);
    expect(await player.frame('config')).toMatchObject({ config: { turn } });
    const publisher = await EraSocket.open(`${url}/alice/webrtc/publish`);
    expect(await publisher.frame('config')).toEqual({ config: { turn } });
  });

  it.each([
    ['a text', 'v1a3', { audio_track_id: 'a3', video_track_id: 'v1' }],
    ['a list', ['a4'], { audio_track_id: 'a4', video_track_id: 'v1' }],
    ['auto', 'auto', { audio_track_id: 'a1', video_track_id: 'v1' }],
  ])('changes tracks by %s, and is told which ones it has', async (_kind, tracks, ids) => {
    const { url } = await start();
    const player = await EraSocket.open(`${url}/lobby/webrtc`);
    await player.frame({ type: 'offer' });
    player.send({ type: 'answer', sdp: fakeOffer });
    player.send({ type: 'select_tracks', tracks });
    expect(await player.frame({ type: 'info' })).toEqual({ type: 'info', ...ids });
  });

  it('may choose tracks before it answers', async () => {
    const { url } = await start();
    const player = await EraSocket.open(`${url}/lobby/webrtc`);
    await player.frame({ type: 'offer' });
    player.send({ type: 'select_tracks', tracks: 'a7' });
    player.send({ type: 'candidate', stream_id: 'local1', label: 0, id: '0', candidate: {} });
    player.send({ type: 'answer', sdp: fakeOffer });
    expect(await player.frame({ type: 'info' })).toMatchObject({ audio_track_id: 'a7' });
    expect(player.frames.map(({ type }) => type)).toEqual([undefined, 'offer', 'info']);
  });

  it('ends the session when it is closed, and is closed with the session', async () => {
    const { services, url } = await start();
    const [first, second] = [0, 1].map(() => new EraSocket(`${url}/lobby/webrtc`));
    for (const player of [first!, second!]) {
      await player.frame({ type: 'offer' });
      player.send({ type: 'answer', sdp: fakeOffer });
    }
    await vi.waitUntil(() => services.sessions().length === 2, waiting);
    first!.close();
    await vi.waitUntil(() => services.sessions().length === 1, waiting);
    await services.sessions()[0]!.session.close('connection-lost');
    expect(await second!.closed).toMatchObject({ code: 4408, reason: 'The connection of media was lost.' });
  });

  it.each([
    ['/nobody/webrtc', 'unknown-stream', 4404],
    ['/lobby/webrtc?tracks=x', 'bad-value', 4400],
  ])('at %s hears why it is closed', async (path, error, code) => {
    const { url } = await start();
    const player = await EraSocket.open(url + path);
    expect((await player.closed).code).toBe(code);
    expect(player.frames).toMatchObject([{ config: {} }, { type: 'error', error }]);
    expect(String(player.frames[1]?.detail)).toMatch(/^[A-Z].*\.$/);
  });
});

it('the profile says whether errors are frames, and what sockets are closed with', async () => {
  const closeCodes = { ...defaultProfile.signalling.closeCodes, 'unknown-stream': 3404 };
  const { url } = await start({
    profile: { ...defaultProfile, signalling: { errorFrames: false, closeCodes } },
  });
  const player = new EraSocket(`${url}/nobody/webrtc`);
  expect(await player.closed).toEqual({ code: 3404, reason: 'There is no such stream.' });
  expect(player.frames).toEqual([{ config: {} }]);
});

describe('a publisher’s socket', () => {
  it('gets the configuration, and an answer to its offer', async () => {
    const { services, url } = await start();
    const publisher = await EraSocket.open(`${url}/a/b/webrtc/publish?password=s3cret`);
    await publisher.frame('config');
    publisher.send({ type: 'offer', sdp: fakeOffer });
    expect(await publisher.frame({ type: 'answer' })).toEqual({ type: 'answer', sdp: 'v=0\r\ns=sid-1\r\n' });
    expect(publisher.frames[0]).toEqual({ config: {} });
    expect(services.sessions()).toMatchObject([{ stream: 'a/b' }]);
    publisher.close();
    await vi.waitUntil(() => services.sessions().length === 0, waiting);
  });

  it.each([
    ['/a/b/webrtc/publish?password=wrong', 'forbidden', 4403],
    ['/lobby/webrtc/publish', 'forbidden', 4403],
    ['/nobody/webrtc/publish', 'unknown-stream', 4404],
  ])('at %s hears why it is closed', async (path, error, code) => {
    const { url } = await start();
    const publisher = await EraSocket.open(url + path);
    publisher.send({ type: 'offer', sdp: fakeOffer });
    expect((await publisher.closed).code).toBe(code);
    expect(publisher.frames).toMatchObject([{ config: {} }, { type: 'error', error }]);
  });

  it('may offer again, and lives on with the newer session alone', async () => {
    const { services, url } = await start();
    const publisher = await EraSocket.open(`${url}/alice/webrtc/publish`);
    publisher.send({ type: 'offer', sdp: fakeOffer });
    await publisher.frame({ type: 'answer' });
    const old = services.sessions()[0]!.session;
    publisher.send({ type: 'offer', sdp: 'nonsense' });
    expect(await publisher.errors()).toEqual(['bad-sdp']);
    publisher.send({ type: 'offer', sdp: fakeOffer });
    await vi.waitUntil(() => services.sessions().length === 2, waiting);
    const newer = services.sessions()[1]!.session;
    await old.close('replaced');
    publisher.send({ type: 'publish_error', error: 'x' });
    publisher.send({ type: 'offer', sdp: 'nonsense' });
    expect(await publisher.errors(2)).toEqual(['bad-sdp', 'bad-sdp']);
    await newer.close('replaced');
    expect(await publisher.closed).toEqual({
      code: 4409,
      reason: 'A newer publisher has taken over the stream.',
    });
  });

  it('that offers nothing is closed', async () => {
    const sessions = { ...defaultProfile.sessions, connectTimeoutMs: 50 };
    const { url } = await start({ profile: { ...defaultProfile, sessions } });
    const publisher = await EraSocket.open(`${url}/alice/webrtc/publish`);
    expect((await publisher.closed).code).toBe(4408);
  });
});

describe('hostile sockets', () => {
  it('hear what is wrong with a frame, and may go on', async () => {
    const { url } = await start();
    const player = await EraSocket.open(`${url}/lobby/webrtc`);
    await player.frame({ type: 'offer' });
    player.socket.send('not JSON');
    player.socket.send('[]');
    player.socket.send(Buffer.from('{"type":"answer"}'));
    player.socket.send(`"${'x'.repeat(maxFrameBytes)}"`);
    player.send({ type: 'offer', sdp: fakeOffer });
    player.send({ type: 'answer', sdp: 'nonsense' });
    player.send({ type: 'something new' });
    player.send({ type: 'answer', sdp: fakeOffer });
    player.send({ type: 'answer', sdp: fakeOffer });
    player.send({ type: 'select_tracks', tracks: { a: 1 } });
    // What stands for itself is refused at once; what concerns the session, in its turn.
    expect((await player.errors(8)).toSorted()).toEqual(
      [
        ...['malformed-json', 'bad-value', 'bad-value', 'body-too-large'],
        ...['bad-request', 'bad-sdp', 'bad-request', 'bad-value'],
      ].toSorted(),
    );
    player.send({ type: 'select_tracks', tracks: 'a1' });
    await player.frame({ type: 'info' });
  });

  it('are closed for frames beyond all measure, and for too many bad ones', async () => {
    const { url } = await start();
    const [big, many, fast] = await Promise.all(
      [0, 1, 2].map(() => EraSocket.open(`${url}/alice/webrtc/publish`)),
    );
    big!.socket.send('x'.repeat(4 * maxFrameBytes + 1));
    expect((await big!.closed).code).toBe(1009);
    for (let i = 0; i < 200; i += 1) many!.socket.send('{');
    expect((await many!.closed).code).toBe(1008);
    for (let i = 0; i < 500; i += 1) fast!.send({ type: 'publish_error' });
    expect((await fast!.closed).code).toBe(1008);
  });

  it.each([
    ['answers', (publisher: EraSocket) => publisher.send({ type: 'offer', sdp: fakeOffer })],
    [
      'pongs',
      (publisher: EraSocket) => {
        for (let i = 0; i < 2000; i += 1) publisher.socket.ping(Buffer.alloc(125));
      },
    ],
  ])('are cut off when they read nothing of the %s they cause', async (_what, cause) => {
    const { services, url } = await start();
    const answer = 'v=0\r\n'.padEnd(512 * 1024, 'x');
    vi.spyOn(services, 'publish').mockImplementation(async () => {
      const ended = new Promise<never>(() => {});
      return { answer, ended, close: async () => {} } as never;
    });
    const publisher = await EraSocket.open(`${url}/alice/webrtc/publish`);
    publisher.socket.pause();
    const causing = setInterval(() => cause(publisher), 2);
    const connections = () =>
      new Promise<number>((resolve) => {
        running[0]!.servers[0]!.getConnections((_error, count) => resolve(count));
      });
    await vi.waitUntil(async () => (await connections()) === 0, waiting);
    clearInterval(causing);
    publisher.socket.terminate();
  });

  it('are answered their pings', async () => {
    const { url } = await start();
    const publisher = await EraSocket.open(`${url}/alice/webrtc/publish`);
    const pong = once(publisher.socket, 'pong');
    publisher.socket.ping('42');
    expect(String((await pong)[0])).toBe('42');
  });

  it('break nothing, whatever they send', async () => {
    const { services, url } = await start();
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          type: fc.constantFrom('offer', 'answer', 'candidate', 'select_tracks', 'publish_error', 'x'),
          sdp: fc.oneof(fc.constant(fakeOffer), fc.string(), fc.jsonValue()),
          tracks: fc.jsonValue(),
          candidate: fc.jsonValue(),
        })
        .map((fields) => JSON.stringify(fields)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    const rejections: unknown[] = [];
    const remember = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', remember);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/lobby/webrtc', '/alice/webrtc/publish'),
        fc.array(frame, { maxLength: 20 }),
        async (path, frames) => {
          const client = await EraSocket.open(url + path);
          for (const text of frames) client.socket.send(text);
          client.close();
          await client.closed;
          for (const answer of client.frames.slice(1)) expect(answer.type).toMatch(/offer|answer|error|info/);
          expect(client.frames.filter(({ error }) => error === 'internal-error')).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
    await vi.waitUntil(() => services.sessions().length === 0, waiting);
    process.off('unhandledRejection', remember);
    expect(rejections).toEqual([]);
  });
});

/** The first line of the answer to a handshake. */
async function rawHead(port: number, request: string): Promise<string> {
  const socket = await TestSocket.open(port);
  socket.send(request);
  await vi.waitUntil(() => socket.received.includes('\r\n'), waiting);
  socket.destroy();
  return socket.received;
}

describe('the handshake', () => {
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13';
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

  it.each([
    ['another path', 'GET /alice/whip', `${upgrade}\r\n${key}`, 404, 'unknown-path'],
    ['a path that is none', 'GET /%zz/webrtc', `${upgrade}\r\n${key}`, 400, 'bad-request'],
    ['no key', 'GET /alice/webrtc', upgrade, 400, 'bad-request'],
    ['another method', 'POST /alice/webrtc', `${upgrade}\r\n${key}`, 400, 'bad-request'],
  ])('with %s is answered by an HTTP error', async (_what, target, headers, status, error) => {
    const { port } = await start();
    const answer = await rawRequest(port, `${target} HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('Server: Streamer 20.08\r\nContent-Type: application/json');
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ error });
  });

  it('is refused where there are too many sockets', async () => {
    const { url, port } = await start({ maxWebSockets: 2 });
    const [first] = await Promise.all([1, 2].map(() => EraSocket.open(`${url}/alice/webrtc/publish`)));
    const request = `GET /alice/webrtc HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n${key}\r\n\r\n`;
    expect(await rawRequest(port, request)).toMatch(/^HTTP\/1.1 503 /);
    first!.close();
    await first!.closed;
    const isAnswered = async () => (await rawHead(port, request)).startsWith('HTTP/1.1 101 ');
    await vi.waitUntil(isAnswered, waiting);
  });

  it('to other protocols is ignored, and the request served', async () => {
    const { port } = await start();
    const warnings: unknown[] = [];
    const remember = (warning: unknown) => warnings.push(warning);
    process.on('warning', remember);
    const body = '{"command":"list_room","args":[]}';
    const socket = await TestSocket.open(port);
    const request = [
      'POST /flussonic/api/dynamic_mosaic/ HTTP/1.1',
      'Host: x',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      `Content-Length: ${body.length}`,
    ].join('\r\n');
    for (let count = 1; count <= 20; count += 1) {
      socket.send(`${request}\r\n\r\n${body}`);
      await vi.waitUntil(() => socket.received.split('["lobby"]').length === count + 1, waiting);
    }
    expect(socket.received.match(/HTTP\/1.1 200 OK/g)).toHaveLength(20);
    process.off('warning', remember);
    expect(warnings).toEqual([]);
    socket.destroy();
  });

  it('to other protocols is ignored under TLS, too', async () => {
    const { http } = await start({ https: [anyPort] });
    const { url } = http.addresses.find(({ protocol }) => protocol === 'https')!;
    const headers = { connection: 'Upgrade', upgrade: 'h2c' };
    const options = { rejectUnauthorized: false, headers, agent: false };
    const [answer] = await once(get(`${url}/lobby/media_info.json`, options), 'response');
    expect(answer.statusCode).toBe(200);
    expect(await text(answer)).toContain('"track_id":"a1"');
  });
});

it('closing says goodbye to everybody, and leaves no session', async () => {
  const { http, services, url } = await start();
  const player = await EraSocket.open(`${url}/lobby/webrtc`);
  await player.frame({ type: 'offer' });
  player.send({ type: 'answer', sdp: fakeOffer });
  await vi.waitUntil(() => services.sessions().length === 1, waiting);
  await http.close();
  expect((await player.closed).code).toBe(1001);
  expect(services.sessions()).toEqual([]);
});
