import { Socket } from 'node:dgram';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SendingSession } from '../../../emulator/webrtc/play-session.ts';
import type { RtpVideoPacket } from '../../../media/rtp-video-packet.ts';
import { type HeardSenderReport, Listener } from './listener.ts';
import { Publisher, type PublisherOptions } from './publisher.ts';
import { startTestServer, type TestServer, waitForClosedPorts, waiting } from './test-server.ts';

let server: TestServer;
/** Sessions that asked for a keyframe, each time. */
const keyframesFor: SendingSession[] = [];

beforeAll(async () => {
  server = await startTestServer((session) => {
    session.onKeyframeRequest = () => keyframesFor.push(session);
  });
});

const bots: (Publisher | Listener)[] = [];

afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.close()));
  await waitForClosedPorts();
});

afterAll(() => server.close());

async function publish(options: Partial<PublisherOptions> = {}) {
  const bot = await Publisher.connect({ url: `${server.url}/whip`, video: true, ...options });
  bots.push(bot);
  const session = server.publishing.get(bot.sid ?? '')!;
  const received: RtpVideoPacket[] = [];
  session.onVideo = (packet) => received.push(packet);
  await vi.waitUntil(() => session.connected, waiting);
  return { bot, session, received };
}

async function view(query = '') {
  const received: RtpVideoPacket[] = [];
  const reports: HeardSenderReport[] = [];
  const bot = await Listener.connect({
    url: `${server.url}/whep${query}`,
    onVideo: (packet) => received.push(packet),
    onSenderReport: (report) => reports.push(report),
  });
  bots.push(bot);
  const session = server.playing.get(bot.sid ?? '')!;
  await vi.waitUntil(() => session.connected, waiting);
  return { bot, session, received, reports };
}

/** Pictures of one to five payloads. */
const pictures = Array.from({ length: 25 }, (_, k) =>
  Array.from({ length: 1 + (k % 5) }, (_, part) => Buffer.from([k, part])),
);

describe('Publisher', () => {
  it('sends pictures, the marker on each last packet', async () => {
    const { bot, received } = await publish();
    for (const [k, payloads] of pictures.entries()) bot.sendVideo(payloads, 2 ** 32 - 7200 + k * 3600);
    const all = pictures.flat();
    await vi.waitUntil(() => received.length === all.length, waiting);
    expect(received.map(({ payload }) => payload)).toEqual(all);
    expect(received.map(({ timestamp }) => timestamp)).toEqual(
      pictures.flatMap((payloads, k) => payloads.map(() => (2 ** 32 - 7200 + k * 3600) % 2 ** 32)),
    );
    expect(received.filter(({ marker }) => marker)).toHaveLength(pictures.length);
    expect(received.every(({ marker, payload }) => marker === (payload[1] === payload[0]! % 5))).toBe(true);
  });

  it('sends again what it is asked for, and hears that a keyframe is wanted', async () => {
    const { bot, session, received } = await publish({ impairments: { dropProbability: 0.2, seed: 3 } });
    let asked = 0;
    bot.onKeyframeRequest = () => {
      asked += 1;
    };
    for (const [k, payloads] of pictures.entries()) bot.sendVideo(payloads, k * 3600);
    await vi.waitUntil(() => received.at(-1)?.payload[0] === 24, waiting);
    const numbers = new Set(received.map(({ sequenceNumber }) => sequenceNumber));
    const first = received[0]!.sequenceNumber;
    const last = received.at(-1)!.sequenceNumber;
    const missing = Array.from({ length: (last - first) & 0xffff }, (_, i) => (first + i) & 0xffff).filter(
      (number) => !numbers.has(number),
    );
    expect(missing.length).toBeGreaterThan(5);
    session.requestPackets(missing);
    session.requestKeyframe();
    await vi.waitUntil(() => received.length === numbers.size + missing.length && asked === 1, waiting);
    expect(received.slice(-missing.length).map(({ sequenceNumber }) => sequenceNumber)).toEqual(missing);
  });

  it('holds sound and picture back together', async () => {
    const { bot, session, received } = await publish();
    const sounds: string[] = [];
    session.onAudio = ({ payload }) => sounds.push(payload.toString());
    bot.hold();
    bot.sendVideo([Buffer.from('picture')], 0);
    bot.release();
    bot.sendOpus(Buffer.from('sound'), 960);
    await vi.waitUntil(() => received.length === 1 && sounds.length === 1, waiting);
  });
});

describe('Listener', () => {
  it('gets pictures', async () => {
    const { bot, session, received } = await view();
    expect([bot.hasVideo, session.hasVideo]).toEqual([true, true]);
    for (const [k, payloads] of pictures.entries()) session.sendVideo({ payloads, timestamp90k: k * 3600 });
    await vi.waitUntil(() => received.length === pictures.flat().length, waiting);
    expect(received.map(({ payload }) => payload)).toEqual(pictures.flat());
    expect(new Set(received.map(({ timestamp }) => timestamp)).size).toBe(pictures.length);
  });

  it('asks again for what is lost on the way', async () => {
    const { session, received } = await view();
    let lost = 0;
    const send = Socket.prototype.send;
    const line = vi.spyOn(Socket.prototype, 'send').mockImplementation(function (this: Socket, ...args) {
      const [datagram] = args as unknown as [Uint8Array];
      // The one with the long payload, the first time.
      if (datagram.length > 1000 && lost === 0) lost += 1;
      else Reflect.apply(send, this, args);
    });
    try {
      const payloads = [Buffer.from('a'), Buffer.alloc(1000), Buffer.from('b')];
      session.sendVideo({ payloads, timestamp90k: 0 });
      await vi.waitUntil(() => received.length === 3, waiting);
      expect(lost).toBe(1);
      expect(received.map(({ payload }) => payload.length)).toEqual([1, 1, 1000]);
    } finally {
      line.mockRestore();
    }
  });

  it('asks for keyframes', async () => {
    const { bot, session, received } = await view();
    const requests = () => keyframesFor.filter((asking) => asking === session).length;
    expect(requests()).toBe(1);
    session.sendVideo({ payloads: [Buffer.from('x')], timestamp90k: 0 });
    await vi.waitUntil(() => received.length === 1, waiting);
    bot.requestKeyframe();
    await vi.waitUntil(() => requests() === 2, waiting);
  });

  it('hears at which moments sound and picture belong together', async () => {
    const { session, received, reports } = await view();
    session.sendAudio({ payload: Buffer.from('x'), samplesAt48k: 960 });
    session.sendVideo({ payloads: [Buffer.from('x')], timestamp90k: 0 });
    await vi.waitUntil(() => new Set(reports.map(({ ssrc }) => ssrc)).size === 2, waiting);
    expect(reports[0]?.ntpTimestamp).toBe(reports[1]?.ntpTimestamp);
    expect(reports.map(({ ssrc }) => ssrc)).toContain(received[0]?.ssrc);
    await vi.waitUntil(() => session.stats().roundTripMs !== undefined, waiting);
  });

  it('knows that there is no picture', async () => {
    const { bot, session } = await view('?sound-only');
    expect([bot.hasVideo, session.hasVideo]).toEqual([false, false]);
  });
});
