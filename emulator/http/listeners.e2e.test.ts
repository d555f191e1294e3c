import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Certificate, loadCertificate } from './certificate.ts';
import { FakeServices, fakeOffer } from './fake-services.ts';
import { ListenError, PortInUseError, type RunningHttp, startHttp } from './index.ts';
import { silentLogger } from './test-app.ts';
import { rawRequest, TestSocket } from './test-socket.ts';

const anyPort = { address: '127.0.0.1', port: 0 };
const open: RunningHttp[] = [];

async function start(options: Partial<Parameters<typeof startHttp>[1]> = {}, services = new FakeServices()) {
  const http = await startHttp(services, { http: [anyPort], https: [], logger: silentLogger, ...options });
  open.push(http);
  return { http, port: http.addresses[0]?.port ?? 0, url: http.addresses[0]?.url ?? '', services };
}

afterAll(() => Promise.all(open.map((http) => http.close())));

describe('listeners', () => {
  it('are as many as one likes, over the same services', async () => {
    const { http, services } = await start({ http: [anyPort, anyPort, { port: 0 }] });
    services.registry.addRoom('lobby');
    expect(new Set(http.addresses.map(({ port }) => port)).size).toBe(3);
    expect(http.servers).toHaveLength(3);
    for (const { url } of http.addresses) {
      const answer = await fetch(`${url}/lobby/media_info.json`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('server')).toBe('Streamer 20.08');
    }
  });

  it('on a port that is in use are refused by name, and leave nothing open', async () => {
    const { port } = await start();
    const error = await start({ http: [anyPort, { address: '127.0.0.1', port }] }).catch((reason) => reason);
    expect(error).toBeInstanceOf(PortInUseError);
    expect(error.message).toBe(`Port ${port} of 127.0.0.1 is in use by another program.`);
    expect(error.listener).toEqual({ address: '127.0.0.1', port });
  });

  it('on an address that the machine does not have are refused by name', async () => {
    const error = await start({ http: [{ address: '192.0.2.1', port: 0 }] }).catch((reason) => reason);
    expect(error).toBeInstanceOf(ListenError);
    expect(error.message).toBe('This machine has no address 192.0.2.1.');
  });
});

describe('https', () => {
  let tls: Certificate;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'https-'));
    tls = await loadCertificate({ file: join(folder, 'certificate.pem') });
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function getText(url: string, ca: string): Promise<string> {
    const agent = new Agent({ ca });
    const [response] = await once(get(url, { agent }), 'response');
    return text(response);
  }

  it('serves the same with a certificate that covers the address', async () => {
    const { http, services } = await start({ https: [anyPort], tls });
    services.registry.addRoom('lobby');
    expect(http.addresses.map(({ protocol }) => protocol)).toEqual(['http', 'https']);
    const { port } = http.addresses[1]!;
    for (const host of ['127.0.0.1', 'localhost']) {
      const body = await getText(`https://${host}:${port}/flussonic/api/stream_health/lobby`, tls.cert);
      expect(body).toBe('true\n');
    }
  });

  it('makes itself a certificate where none is given, and keeps it', async () => {
    vi.stubEnv('XDG_STATE_HOME', folder);
    const first = await start({ http: [], https: [anyPort] });
    const { cert } = await loadCertificate();
    vi.unstubAllEnvs();
    expect(await getText(`${first.url}/streamer/api/v3/monitoring/liveness`, cert)).toContain('20.08');
  });

  it('survives plain HTTP and rubbish on its port', async () => {
    const { http, services } = await start({ http: [], https: [anyPort], tls });
    services.registry.addRoom('lobby');
    const { port, url } = http.addresses[0]!;
    await rawRequest(port, 'GET / HTTP/1.1\r\n\r\n');
    expect(await getText(`${url}/flussonic/api/stream_health/lobby`, tls.cert)).toBe('true\n');
  });
});

describe('requests that no client sends', () => {
  it.each([
    ['rubbish', 'rubbish\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    ['an unknown method', 'BREW / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a method of WebDAV', 'PROPFIND /x HTTP/1.1\r\nConnection: close\r\n\r\n', 501],
    ['an unknown expectation', 'POST / HTTP/1.1\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n', 417],
    ['dot segments', 'GET /../../etc/passwd HTTP/1.1\r\nConnection: close\r\n\r\n', 404],
    ['encoded dot segments', 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nConnection: close\r\n\r\n', 404],
    ['raw UTF-8 in the path', 'GET /чат/media_info.json HTTP/1.1\r\n\r\n', 400],
    ['a NUL', 'GET /%00/media_info.json HTTP/1.1\r\nConnection: close\r\n\r\n', 404],
    ['a star', 'OPTIONS * HTTP/1.1\r\nConnection: close\r\n\r\n', 405],
  ])('%s: a JSON error', async (_what, request, status) => {
    const { port, url } = await start();
    const answer = await rawRequest(port, request);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/^server: Streamer 20\.08\r$/im);
    expect(answer).toMatch(/^content-type: application\/json\r$/im);
    const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
    expect(JSON.parse(body)).toEqual({ error: expect.any(String), detail: expect.stringMatching(/\.$/) });
    expect(body.endsWith('}\n')).toBe(true);
    expect((await fetch(`${url}/ui/`)).status).toBe(200);
  });

  it.each([
    ['the absolute form', 'GET http://host/a/media_info.json HTTP/1.1'],
    ['no Host header', 'GET /a/media_info.json HTTP/1.1'],
    ['HTTP/1.0', 'GET /a/media_info.json HTTP/1.0'],
  ])('%s: understood', async (_what, line) => {
    const { port } = await start({}, new FakeServices({ a: undefined }));
    expect(await rawRequest(port, `${line}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([1_000_001, 10_000_000])('a body of %i bytes: 413, and the server goes on', async (size) => {
    const { url, services } = await start();
    const send = (bytes: number) =>
      fetch(`${url}/flussonic/api/dynamic_mosaic/`, { method: 'POST', body: ' '.repeat(bytes) });
    const answer = await send(size);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: 'body-too-large' });
    expect(services.calls).toEqual([]);
    expect((await send(1_000_000)).status).toBe(400);
    expect(services.calls).toHaveLength(1);
  });

  it('a body that breaks off: nothing is called', async () => {
    const { port, url, services } = await start();
    const socket = await TestSocket.open(port);
    socket.send('POST /flussonic/api/dynamic_mosaic/ HTTP/1.1\r\nContent-Length: 100\r\n\r\n{"command"');
    socket.destroy();
    await socket.closed;
    expect((await fetch(`${url}/ui/`)).status).toBe(200);
    expect(services.calls).toEqual([]);
  });
});

describe('close', () => {
  it('ends idle, unused and half-sent connections at once', async () => {
    const { http, port } = await start();
    const unused = await TestSocket.open(port);
    const kept = await TestSocket.open(port);
    kept.send('GET /ui/ HTTP/1.1\r\n\r\n');
    await vi.waitFor(() => expect(kept.received).toContain('</html>'));
    const half = await TestSocket.open(port);
    half.send('GET /ui/ HTTP/1.1\r\nX-Half:');
    const before = performance.now();
    await http.close();
    await Promise.all([unused.closed, kept.closed, half.closed]);
    expect(performance.now() - before).toBeLessThan(500);
    await expect(TestSocket.open(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('lets a running request have its answer', async () => {
    const { http, url, services } = await start({}, new FakeServices({ a: undefined }));
    const publish = services.publish.bind(services);
    let proceed = () => {};
    const gate = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    services.publish = async (...args) => {
      const session = await publish(...args);
      await gate;
      return session;
    };
    const headers = { 'content-type': 'application/sdp' };
    const answer = fetch(`${url}/a/whip`, { method: 'POST', headers, body: fakeOffer });
    await vi.waitFor(() => expect(services.calls).toHaveLength(1));
    const closed = http.close();
    proceed();
    expect((await answer).status).toBe(201);
    await closed;
  });

  it('does not wait for ever for a request that hangs', async () => {
    const { http, url, services } = await start({}, new FakeServices({ a: undefined }));
    services.play = () => {
      services.calls.push(['play']);
      return new Promise(() => {});
    };
    const headers = { 'content-type': 'application/sdp' };
    const answer = fetch(`${url}/a/whep`, { method: 'POST', headers, body: fakeOffer }).catch(() => 'broken');
    await vi.waitFor(() => expect(services.calls).toHaveLength(1));
    await http.close();
    expect(await answer).toBe('broken');
  });

  it('may be called twice', async () => {
    const { http } = await start();
    await Promise.all([http.close(), http.close()]);
    await http.close();
  });
});
