import { afterEach, describe, expect, it, vi } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../../index.ts';
import { closeAll, closeLater, TestClient, waiting } from '../../webrtc/test-client.ts';
import { EraSocket } from './test-era-socket.ts';

const config = `
edit_auth user pass;
stream lobby { input mosaic2://; }
stream cinema { input mosaic2:// disable_video=false; }
stream alice { input publish://; }
stream guarded { input publish://; password s3cret; }
`;

afterEach(closeAll);

/** An emulator, reached by TLS as the clients of these eras reach it. */
async function start(options: EmulatorOptions = {}) {
  const port = { address: '127.0.0.1', port: 0 };
  const emulator = await startEmulator({ config, http: [port], https: [port], ...options });
  closeLater(() => emulator.close());
  const [base = ''] = emulator.httpUrls;
  const names = async () => {
    const answer = await fetch(`${base}/flussonic/api/sessions`);
    const { sessions } = (await answer.json()) as {
      sessions: { name: string; tracks: string[]; packets: number }[];
    };
    return sessions;
  };
  return { base, wss: emulator.httpsUrls[0]!.replace('https', 'wss'), sessions: names };
}

const candidate = {
  type: 'candidate',
  stream_id: 'local1',
  label: 0,
  id: '0',
  candidate: { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 },
};

/** A player as the page of its era has it, connected. */
async function play(url: string, video = false) {
  const socket = await EraSocket.open(url);
  const client = TestClient.answering(video);
  closeLater(() => client.close());
  const offer = await socket.frame({ type: 'offer' });
  const answer = await client.answer(String(offer.sdp));
  // Trickled before the answer, as it happens.
  socket.send(candidate);
  socket.send({ type: 'answer', sdp: answer });
  await vi.waitUntil(() => client.peer.connectionState === 'connected', waiting);
  return { socket, client, offer };
}

/** A publisher; `early` offers before it has read a frame. */
async function publish(url: string, early = false) {
  const socket = await EraSocket.open(url);
  if (!early) await socket.frame('config');
  return await offer(socket);
}

/** A new peer that publishes over a socket. */
async function offer(socket: EraSocket) {
  const { client } = await TestClient.join('sendonly', async (sdp) => {
    socket.send({ type: 'offer', sdp });
    socket.send(candidate);
    return { answer: String((await socket.frame({ type: 'answer' })).sdp) };
  });
  closeLater(() => client.close());
  await vi.waitUntil(() => client.peer.connectionState === 'connected', waiting);
  return { socket, client };
}

describe('players', () => {
  it('of 20.x hear the room, and stop by closing the socket alone', async () => {
    const { wss, sessions } = await start();
    const { socket, client, offer } = await play(`${wss}/lobby/webrtc`);
    expect('config' in socket.frames[0]!).toBe(true);
    expect(offer.sdp).not.toContain('m=video');
    await vi.waitUntil(() => client.received.length > 10, waiting);
    expect(await sessions()).toMatchObject([{ name: 'lobby', tracks: ['a1'] }]);
    socket.close();
    await vi.waitUntil(async () => (await sessions()).length === 0, waiting);
    expect(client.peer.connectionState).not.toBe('closed');
  });

  it('of 22.x choose tracks in the query, and others while they play', async () => {
    const { wss, sessions } = await start();
    const { socket, client, offer } = await play(`${wss}/cinema/webrtc?filter.tracks=a1`, true);
    expect(offer).toMatchObject({ media_info: { tracks: [{ track_id: 'v1' }, { track_id: 'a1' }] } });
    expect(await sessions()).toMatchObject([{ tracks: ['a1'] }]);
    const infos = () => socket.frames.filter(({ type }) => type === 'info');
    for (const [tracks, audio, video] of [
      ['v1a1', 'a1', 'v1'],
      [['a1'], 'a1', null],
      ['auto', 'a1', 'v1'],
    ] as const) {
      const before = infos().length;
      socket.send({ type: 'select_tracks', tracks });
      await vi.waitUntil(() => infos().length > before, waiting);
      expect(infos().at(-1)).toEqual({ type: 'info', audio_track_id: audio, video_track_id: video });
    }
    await vi.waitUntil(() => client.received.length > 0 && client.receivedVideo.length > 0, waiting);
  });

  it('are told when the room goes, and given up when they never answer', async () => {
    const { base, wss, sessions } = await start({ webRtc: { connectTimeoutMs: 1500 } });
    const silent = await EraSocket.open(`${wss}/lobby/webrtc`);
    expect(await silent.closed).toMatchObject({ code: 4408 });
    const { socket } = await play(`${wss}/lobby/webrtc`);
    const body = JSON.stringify({ command: 'remove_room', args: ['lobby'] });
    const headers = { authorization: `Basic ${btoa('user:pass')}` };
    await fetch(`${base}/flussonic/api/dynamic_mosaic/`, { method: 'POST', body, headers });
    expect(await socket.closed).toMatchObject({ code: 1001 });
    expect(await sessions()).toEqual([]);
  });
});

describe('publishers', () => {
  it.each([
    ['of 20.x', false],
    ['before them, which offer at once,', true],
  ])('%s are answered, then given candidates, and stop by closing the socket alone', async (_era, early) => {
    const { base, wss, sessions } = await start();
    const { socket, client } = await publish(`${wss}/alice/webrtc/publish`, early);
    await socket.frame({ type: 'candidate' });
    const kinds = socket.frames.map(({ type }) => type ?? 'config');
    expect(kinds.slice(0, 3)).toEqual(['config', 'answer', 'candidate']);
    expect(await socket.frame({ type: 'candidate' })).toMatchObject({
      candidate: {
        candidate: expect.stringMatching(/^candidate:.* typ host$/),
        sdpMid: '0',
        sdpMLineIndex: 0,
      },
    });
    for (let i = 0; i < 5; i += 1) {
      client.send({ sequenceNumber: i, timestamp: i * 960 }, Buffer.from([0xf8, 0xff, 0xfe]));
    }
    const health = async () => (await fetch(`${base}/flussonic/api/stream_health/alice`)).status;
    expect(await health()).toBe(200);
    socket.close();
    await vi.waitUntil(async () => (await sessions()).length === 0, waiting);
    expect(await health()).toBe(424);
  });

  it('may begin anew on the same socket, and their end is that of the newer session', async () => {
    const { wss, sessions } = await start();
    const { socket } = await publish(`${wss}/alice/webrtc/publish`);
    // The first answer is not to be taken for the second.
    socket.frames.length = 0;
    const { client } = await offer(socket);
    await vi.waitUntil(async () => (await sessions()).length === 1, waiting);
    client.send({ sequenceNumber: 1, timestamp: 0 }, Buffer.from([0xf8, 0xff, 0xfe]));
    await vi.waitUntil(async () => Number((await sessions())[0]?.packets) > 0, waiting);
    await publish(`${wss}/alice/webrtc/publish`);
    expect(await socket.closed).toMatchObject({ code: 4409 });
  });

  it('are replaced by newer ones, and hear of it', async () => {
    const { wss, sessions } = await start();
    const older = await publish(`${wss}/alice/webrtc/publish`);
    const newer = await publish(`${wss}/alice/webrtc/publish`);
    expect(await older.socket.closed).toMatchObject({ code: 4409 });
    expect(await sessions()).toHaveLength(1);
    expect(newer.socket.frames.filter(({ type }) => type === 'error')).toEqual([]);
  });

  it('need the password of a stream that has one', async () => {
    const { wss } = await start();
    const refused = publish(`${wss}/guarded/webrtc/publish?password=wrong`);
    await expect(refused).rejects.toThrow('"error":"forbidden"');
    await publish(`${wss}/guarded/webrtc/publish?password=s3cret`);
  });
});
