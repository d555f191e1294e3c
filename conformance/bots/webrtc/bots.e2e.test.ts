import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RtpAudioPacket } from '../../../media/rtp-audio-packet.ts';
import { Listener } from './listener.ts';
import { Publisher, type PublisherOptions } from './publisher.ts';
import { startTestServer, type TestServer, waitForClosedPorts, waiting } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

const bots: (Publisher | Listener)[] = [];

afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.close()));
  await waitForClosedPorts();
});

afterAll(() => server.close());

async function publish(options: Partial<PublisherOptions> = {}) {
  const bot = await Publisher.connect({ url: `${server.url}/whip`, ...options });
  bots.push(bot);
  const session = server.publishing.get(bot.sid ?? '')!;
  const received: RtpAudioPacket[] = [];
  session.onAudio = (packet) => received.push(packet);
  await vi.waitUntil(() => session.connected, waiting);
  return { bot, session, received };
}

async function listen() {
  const bot = await Listener.connect({ url: `${server.url}/whep` });
  bots.push(bot);
  const session = server.playing.get(bot.sid ?? '')!;
  const received: RtpAudioPacket[] = [];
  bot.onAudio = (packet) => received.push(packet);
  await vi.waitUntil(() => session.connected, waiting);
  return { bot, session, received };
}

const payloads = Array.from({ length: 60 }, (_, index) => Buffer.alloc(20 + index, index));

describe('Publisher', () => {
  it('delivers what it is given, numbered without a gap', async () => {
    const { bot, received } = await publish();
    for (const payload of payloads) bot.sendOpus(payload, 480);
    await vi.waitUntil(() => received.length === payloads.length, waiting);
    expect(received.map(({ payload }) => payload)).toEqual(payloads);
    const [first] = received;
    for (const [index, packet] of received.entries()) {
      expect((packet.sequenceNumber - first!.sequenceNumber + 65536) % 65536).toBe(index);
      expect((packet.timestamp - first!.timestamp + 2 ** 32) % 2 ** 32).toBe(index * 480);
    }
  });

  it('drops and reorders as told, and the numbers show it', async () => {
    const impairments = { dropProbability: 0.3, reorderProbability: 0.2, duplicateProbability: 0.2, seed: 5 };
    const { bot, session, received } = await publish({ impairments });
    for (const payload of payloads) bot.sendOpus(payload, 960);
    await vi.waitUntil(() => received.length >= 35, waiting);
    const numbers = received.map(({ sequenceNumber }) => sequenceNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeLessThan(payloads.length);
    const steps = numbers.slice(1).map((number, index) => ((number - numbers[index]!) << 16) >> 16);
    expect(steps.some((step) => step < 0)).toBe(true);
    expect(steps.some((step) => step > 1)).toBe(true);
    expect(session.stats().packetsLost).toBeGreaterThan(5);
  });

  it('holds packets back and lets them go', async () => {
    const { bot, received } = await publish();
    bot.sendOpus(Buffer.from('first'), 960);
    await vi.waitUntil(() => received.length === 1, waiting);
    bot.hold();
    bot.sendOpus(Buffer.from('second'), 960);
    bot.sendOpus(Buffer.from('third'), 960);
    bot.release();
    await vi.waitUntil(() => received.length === 3, waiting);
    expect(received.map(({ payload }) => payload.toString())).toEqual(['first', 'second', 'third']);
  });

  it('offers video where it is told to', async () => {
    const { bot, session } = await publish({ video: true });
    expect([bot.hasVideo, session.hasVideo]).toEqual([true, true]);
  });

  it('says goodbye by DELETE, or vanishes', async () => {
    const polite = await publish();
    await polite.bot.close();
    expect(await polite.session.ended).toBe('closed-by-client');
    expect(await polite.bot.ended).toBe('closed-by-us');
    const abrupt = await publish();
    await abrupt.bot.abandon();
    expect(await abrupt.session.ended).toBe('connection-lost');
  });

  it('learns that the server has ended the session', async () => {
    const { bot, session } = await publish();
    await session.close('replaced');
    expect(await bot.ended).toBe('closed-by-server');
  });

  it('says what the server said, and leaves nothing open', async () => {
    // The endpoint for publishers takes no offer that only listens.
    await expect(Listener.connect({ url: `${server.url}/whip` })).rejects.toThrow(
      /HTTP 400: InvalidSdpError: the offer has no audio line with Opus that sends/,
    );
  });
});

describe('Listener', () => {
  it('hears what the session sends', async () => {
    const { session, received } = await listen();
    for (const payload of payloads) session.sendAudio({ payload, samplesAt48k: 960 });
    await vi.waitUntil(() => received.length === payloads.length, waiting);
    expect(received.map(({ payload }) => payload)).toEqual(payloads);
    expect(new Set(received.map(({ ssrc }) => ssrc)).size).toBe(1);
  });

  it('reports, so that the session knows the round trip', async () => {
    const { session } = await listen();
    session.sendAudio({ payload: Buffer.from('x'), samplesAt48k: 960 });
    await vi.waitUntil(() => session.stats().roundTripMs !== undefined, waiting);
    expect(session.stats()).toMatchObject({ packetsLost: 0 });
  });

  it('says goodbye', async () => {
    const { bot, session } = await listen();
    await bot.close();
    expect(await session.ended).toBe('closed-by-client');
  });

  it('comes with many at once', async () => {
    const listeners = await Promise.all(Array.from({ length: 12 }, listen));
    for (const [index, { session }] of listeners.entries()) {
      session.sendAudio({ payload: Buffer.from([index]), samplesAt48k: 960 });
    }
    await vi.waitUntil(() => listeners.every(({ received }) => received.length === 1), waiting);
    expect(listeners.map(({ received }) => received[0]?.payload[0])).toEqual(
      listeners.map((_, index) => index),
    );
  });
});
