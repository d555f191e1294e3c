import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeServices } from './fake-services.ts';
import { type RunningHttp, startHttp } from './index.ts';
import { silentLogger } from './test-app.ts';

const closeLater: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closeLater.splice(0).reverse()) await close();
});

async function start(services = new FakeServices()) {
  const http: RunningHttp = await startHttp(services, {
    http: [{ address: '127.0.0.1', port: 0 }],
    https: [],
    logger: silentLogger,
  });
  closeLater.push(() => http.close());
  /** The server's ends of its connections. */
  const sockets: Socket[] = [];
  http.servers[0]!.on('connection', (socket: Socket) => sockets.push(socket));
  const { url, port } = http.addresses[0]!;
  return { http, url, port, services, sockets };
}

/** Reads server-sent events until `count` of them have come. */
async function readEvents(response: Response, count: number): Promise<{ event: string; data: unknown }[]> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (text.split('\n\n').length < count + 2) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  void reader.cancel();
  return text
    .split('\n\n')
    .slice(0, -1)
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block)!;
      return { event: event!, data: JSON.parse(data!) };
    });
}

describe('events of the pages', () => {
  it('come one after the other until the reader goes, and then nothing is measured', async () => {
    const { url, services } = await start();
    services.registry.addRoom('lobby\n\ndata: x'.replaceAll('\n', ' '));
    const response = await fetch(`${url}/ui/api/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('server')).toBe('Streamer 20.08');
    const events = await readEvents(response, 4);
    expect(events[0]).toMatchObject({ event: 'state', data: { roomCount: 1 } });
    expect(events.some(({ event }) => event === 'levels')).toBe(true);
    await vi.waitFor(() => expect(services.openMeters).toBe(0));
  });

  it('are for 64 readers at a time', async () => {
    const { url } = await start();
    const answers = await Promise.all(Array.from({ length: 66 }, () => fetch(`${url}/ui/api/events`)));
    closeLater.push(() => Promise.all(answers.map(({ body }) => body!.cancel())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(64);
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(2);
    await answers.find(({ status }) => status === 200)!.body!.cancel();
    await vi.waitFor(async () => {
      const { status, body } = await fetch(`${url}/ui/api/events`);
      closeLater.push(() => body!.cancel());
      expect(status).toBe(200);
    });
  });

  it('do not pile up for who does not read', async () => {
    const { port, services, sockets } = await start();
    const { registry } = services;
    for (let room = 0; room < 100; room += 1) {
      registry.addRoom(`${room}`.padEnd(255, '-'));
      for (let member = 0; member < 20; member += 1)
        registry.addMember(`${room}`.padEnd(255, '-'), `${room}-${member}`.padEnd(255, '-'));
    }
    const reader = connect(port, '127.0.0.1').pause();
    closeLater.push(() => reader.destroy());
    await once(reader, 'connect');
    reader.write('GET /ui/api/events HTTP/1.1\r\nHost: x\r\n\r\n');
    // Each change is told at once, with the whole state: some 700 kB.
    const changes = setInterval(() => registry.muteAudio('0'.padEnd(255, '-'), '0-0'.padEnd(255, '-')), 50);
    closeLater.push(() => clearInterval(changes));
    await vi.waitUntil(() => (sockets[0]?.writableLength ?? 0) > 64 * 1024, { timeout: 20_000 });
    let most = 0;
    const untilMs = performance.now() + 1500;
    await vi.waitUntil(
      () => {
        most = Math.max(most, sockets[0]!.writableLength);
        return performance.now() > untilMs;
      },
      { timeout: 5000, interval: 20 },
    );
    expect(most).toBeLessThan(3_000_000);
  });

  it('do not hold up the end', async () => {
    const { http, url, services } = await start();
    const response = await fetch(`${url}/ui/api/events`);
    services.isClosing = true;
    const startMs = performance.now();
    await http.close();
    expect(performance.now() - startMs).toBeLessThan(600);
    await expect(response.text()).rejects.toThrow();
  });

  it('hold a member in its room, and let it go with the connection', async () => {
    const { url, services } = await start();
    services.registry.addRoom('lobby');
    services.registry.addMember('lobby', 'alice');
    const hold = (key: string) => fetch(`${url}/ui/api/hold?room=lobby&stream=alice&key=${key}`);
    const held = await hold('one');
    expect(held.status).toBe(200);
    expect((await hold('other')).status).toBe(403);
    await held.body!.cancel();
    await vi.waitFor(() => expect(services.registry.room('lobby')?.members).toEqual([]), { timeout: 10_000 });
  });
});
