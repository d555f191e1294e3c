import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BotHost } from './bot-host.ts';
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

  it('refuses a loop of pictures that would part from its sound', async () => {
    const frames = clip.video!.frames.slice(1);
    await expect(host.publish(`${server.url}/whip`, { ...clip, video: { fps: 10, frames } })).rejects.toThrow(
      '9 pictures at 10 fps does not last whole seconds',
    );
  });
});
