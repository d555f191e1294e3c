import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BotHost } from './bot-host.ts';
import type { BotSession } from './bot-session.ts';
import type { Clip } from './process/messages.ts';
import { startTestServer, type TestServer, waiting } from './webrtc/test-server.ts';

let server: TestServer;
let host: BotHost;
let keyframesAsked = 0;

beforeAll(async () => {
  server = await startTestServer((session) => {
    session.onKeyframeRequest = () => {
      keyframesAsked += 1;
    };
  });
  host = new BotHost();
});

afterAll(async () => {
  await host.close();
  server.close();
});

/** A second of sound and picture; each payload names its frame. */
const clip: Clip = {
  packets: Array.from({ length: 50 }, (_, n) => Buffer.from([n])),
  samplesAt48k: 960,
  video: {
    fps: 10,
    frames: Array.from({ length: 10 }, (_, k) => ({
      payloads: [Buffer.from([k, 0]), Buffer.from([k, 1])],
      keyframe: k === 0,
    })),
  },
};

describe('BotHost', () => {
  it('publishes sound and picture of a loop on one clock', async () => {
    const publisher = await host.publish(`${server.url}/whip`, clip);
    expect(publisher.hasVideo).toBe(true);
    const session = server.publishing.get(publisher.sessionId ?? '')!;
    const sounds: { timestamp: number; frame: number; arrivalMs: number }[] = [];
    const pictures: { timestamp: number; frame: number; arrivalMs: number }[] = [];
    session.onAudio = ({ timestamp, payload }, arrivalMs) =>
      sounds.push({ timestamp, frame: payload[0]!, arrivalMs });
    session.onVideo = ({ timestamp, payload }, arrivalMs) =>
      pictures.push({ timestamp, frame: payload[0]!, arrivalMs });
    await vi.waitUntil(() => pictures.length >= 44, waiting);
    const times = pictures.filter((_, index) => index % 2 === 0).slice(1);
    expect(times.map(({ timestamp }) => (timestamp - times[0]!.timestamp) >>> 0)).toEqual(
      times.map((_, index) => index * 9000),
    );
    expect(times.map(({ frame }) => frame)).toEqual(times.map((_, index) => (times[0]!.frame + index) % 10));
    // Picture k is sent with the packet of sound whose last sample is spoken at that time: 5 for each picture.
    const offsets = times.flatMap(({ frame, arrivalMs }) =>
      sounds
        .filter(
          (sound) => Math.abs(sound.arrivalMs - arrivalMs) < 500 && (sound.frame + 1) % 50 === frame * 5,
        )
        .map((sound) => Math.abs(sound.arrivalMs - arrivalMs)),
    );
    expect(offsets.length).toBeGreaterThan(10);
    expect(offsets.toSorted((a, b) => a - b)[Math.floor(offsets.length / 2)]).toBeLessThan(10);
    await publisher.close();
  });

  it('keeps sound and picture of a listener apart, with the times of arrival', async () => {
    const listener = await host.listen(`${server.url}/whep`);
    expect(listener.hasVideo).toBe(true);
    const session = server.playing.get(listener.sessionId ?? '')!;
    await vi.waitUntil(() => session.connected, waiting);
    const fromNs = process.hrtime.bigint();
    session.sendAudio({ payload: Buffer.from('sound'), samplesAt48k: 960 });
    session.sendVideo({ payloads: [Buffer.from('pic'), Buffer.from('ture')], timestamp90k: 0 });
    await vi.waitUntil(async () => (await listener.countVideo()) === 2, waiting);
    await vi.waitUntil(async () => (await listener.count()) === 1, waiting);
    const video = await listener.takeVideo();
    expect(video.map(({ payload, marker }) => [Buffer.from(payload).toString(), marker])).toEqual([
      ['pic', false],
      ['ture', true],
    ]);
    expect(video[0]!.arrivalNs).toBeGreaterThan(fromNs);
    expect(video[0]!.arrivalNs).toBeLessThan(process.hrtime.bigint());
    expect((await listener.take()).map(({ payload }) => Buffer.from(payload).toString())).toEqual(['sound']);
    expect(await listener.takeVideo()).toEqual([]);
    const before = keyframesAsked;
    await listener.requestKeyframe();
    await vi.waitUntil(() => keyframesAsked > before, waiting);
    await vi.waitUntil(async () => (await listener.takeSenderReports()).length > 0, waiting);
    await listener.close();
  });

  it('offers no picture where it is told not to', async () => {
    const listener = await host.listen(`${server.url}/whep`, { video: false });
    expect(listener.hasVideo).toBe(false);
    expect(server.playing.get(listener.sessionId ?? '')?.answer).not.toContain('m=video');
    await listener.close();
  });

  it('tells of each session what was said and counted, while it lasts and after it', async () => {
    const sessions: BotSession[] = [];
    host.onSession = (session) => sessions.push(session);
    const listener = await host.listen(`${server.url}/whep?start_track=a2`);
    const session = server.playing.get(listener.sessionId ?? '')!;
    await vi.waitUntil(() => session.connected, waiting);
    for (let i = 0; i < 3; i += 1) session.sendAudio({ payload: Buffer.from('sound'), samplesAt48k: 960 });
    await vi.waitUntil(async () => (await listener.count()) === 3, waiting);
    const during = await sessions[0]!.account();
    expect(during?.received.audio).toMatchObject({ packets: 3, lost: 0, duplicates: 0, bytes: 15 });
    expect(during?.messages.map(({ direction, line }) => [direction, line])).toEqual([
      ['sent', `POST ${server.url}/whep?start_track=a2`],
      ['received', '201'],
    ]);
    expect(during?.messages[0]?.body).toMatch(/^v=0\r\n(.*\r\n)*a=ice-pwd:REDACTED\r\n/);
    await listener.close();
    await listener.close();
    const after = await sessions[0]!.account();
    expect(after?.messages.at(-2)?.line).toMatch(/^DELETE http/);
    expect(after?.messages.at(-1)?.line).toBe('200');
    expect(sessions.map(({ role, failed }) => [role, failed])).toEqual([['play', false]]);
    host.onSession = undefined;
  });

  it('tells of a session that did not come about, and why', async () => {
    const sessions: BotSession[] = [];
    host.onSession = (session) => sessions.push(session);
    const refusing = createServer((_request, response) => response.writeHead(403).end('not you'));
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/nobody/whip`;
    await expect(host.publish(url, clip)).rejects.toThrow('HTTP 403: not you');
    refusing.close();
    refusing.closeAllConnections();
    const account = await sessions[0]!.account();
    expect(account?.messages.map(({ line, body }) => [line, body?.slice(0, 7)])).toEqual([
      [`POST ${url}`, expect.stringMatching(/^v=0/)],
      ['403', 'not you'],
    ]);
    expect(sessions[0]!.failed).toBe(true);
    host.onSession = undefined;
  });

  it('counts what publishers send', async () => {
    const sessions: BotSession[] = [];
    host.onSession = (session) => sessions.push(session);
    const publisher = await host.publish(`${server.url}/whip`, clip);
    const sent = async () => (await sessions[0]!.account())?.sent;
    await vi.waitUntil(async () => ((await sent())?.video?.packets ?? 0) > 5, waiting);
    await publisher.abandon();
    const { audio, video } = (await sent())!;
    expect(audio!.packets).toBeGreaterThan(0);
    expect(audio!.bytes).toBeGreaterThan(0);
    expect(video!.bitrateKbps).toBeGreaterThan(0);
    expect(audio!.late).toBeLessThanOrEqual(audio!.packets);
    host.onSession = undefined;
  });

  it('refuses a loop of pictures that would part from its sound', async () => {
    const frames = clip.video!.frames.slice(1);
    await expect(host.publish(`${server.url}/whip`, { ...clip, video: { fps: 10, frames } })).rejects.toThrow(
      '9 pictures at 10 fps does not last whole seconds',
    );
  });
});
