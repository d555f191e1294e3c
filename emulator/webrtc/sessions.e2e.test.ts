import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { createPlaySession, type SendingSession } from './play-session.ts';
import { createPublishSession, type ReceivingSession } from './publish-session.ts';
import type { SessionOptions } from './session.ts';
import { openUdpSockets, TestClient } from './test-client.ts';
import { testOffers } from './test-offers.ts';
import { InvalidSdpError } from './types.ts';

const waiting = { timeout: 5000, interval: 5 };
const { chromiumPublisher } = testOffers;

const open: (() => Promise<unknown>)[] = [];

async function publisher(
  options: SessionOptions = {},
): Promise<{ client: TestClient; session: ReceivingSession }> {
  const joined = await TestClient.join('sendonly', (offer) => createPublishSession(offer, options));
  open.push(
    () => joined.client.close(),
    () => joined.session.close('closed-by-server'),
  );
  await vi.waitUntil(
    () => joined.session.connected && joined.client.peer.connectionState === 'connected',
    waiting,
  );
  return joined;
}

async function player(
  options: SessionOptions = {},
): Promise<{ client: TestClient; session: SendingSession }> {
  const joined = await TestClient.join('recvonly', (offer) =>
    createPlaySession(offer, { ...options, audio: true, video: false }),
  );
  open.push(
    () => joined.client.close(),
    () => joined.session.close('closed-by-server'),
  );
  await vi.waitUntil(
    () => joined.session.connected && joined.client.peer.connectionState === 'connected',
    waiting,
  );
  return joined;
}

/** The port that a session announces for loopback. */
function portOf(session: { answer: string }): number {
  return Number(/ 127\.0\.0\.1 ([0-9]+) typ host/.exec(session.answer)?.[1]);
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
  await vi.waitUntil(() => openUdpSockets() === 0, waiting);
});

describe('a publish session', () => {
  it('hands on what was sent, byte for byte, with the numbers of the sender', async () => {
    const { client, session } = await publisher();
    const received: RtpAudioPacket[] = [];
    const arrivals: number[] = [];
    session.onAudio = (packet, arrivalMs) => {
      received.push(packet);
      arrivals.push(arrivalMs);
    };
    const payloads = Array.from({ length: 100 }, (_, index) => Buffer.alloc(1 + index, index));
    for (const [index, payload] of payloads.entries()) {
      client.send({ sequenceNumber: (65500 + index) % 65536, timestamp: index * 960 }, payload);
    }
    await vi.waitUntil(() => received.length === payloads.length, waiting);
    expect(received.map(({ payload }) => payload)).toEqual(payloads);
    expect(received.map(({ sequenceNumber }) => sequenceNumber)).toEqual(
      payloads.map((_, index) => (65500 + index) % 65536),
    );
    expect(received.map(({ timestamp }) => timestamp)).toEqual(payloads.map((_, index) => index * 960));
    expect(new Set(received.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(Math.abs(performance.now() - (arrivals.at(-1) ?? 0))).toBeLessThan(5000);
    expect(session.stats()).toMatchObject({ packets: 100, bytes: 5050, packetsLost: 0 });
  });

  it('takes header extensions and padding away, and hands on nothing without payload', async () => {
    const { client, session } = await publisher();
    const received: Buffer[] = [];
    session.onAudio = ({ payload }) => received.push(payload);
    const extensions = [{ id: 5, payload: Buffer.from([1, 2, 3]) }];
    client.send({ sequenceNumber: 1, extension: true, extensions }, Buffer.from('one'));
    client.send({ sequenceNumber: 2, padding: true }, Buffer.from([0, 0, 3]));
    client.send(
      { sequenceNumber: 3, padding: true },
      Buffer.concat([Buffer.from('two'), Buffer.from([0, 2])]),
    );
    client.send({ sequenceNumber: 4 }, Buffer.from('end'));
    await vi.waitUntil(() => received.length === 3, waiting);
    expect(received.map(String)).toEqual(['one', 'two', 'end']);
  });

  it('hands on no payload type but the negotiated one', async () => {
    const { client, session } = await publisher();
    const received: Buffer[] = [];
    session.onAudio = ({ payload }) => received.push(payload);
    const [dtls] = client.peer.dtlsTransports;
    client.send({ sequenceNumber: 10 }, Buffer.from('opus'));
    await vi.waitUntil(() => received.length === 1, waiting);
    const { RtpHeader } = await import('werift');
    await dtls?.sendRtp(
      Buffer.from('comfort noise'),
      new RtpHeader({ payloadType: 13, sequenceNumber: 11, ssrc: 9 }),
    );
    client.send({ sequenceNumber: 12 }, Buffer.from('opus'));
    await vi.waitUntil(() => received.length === 2, waiting);
    expect(received.map(String)).toEqual(['opus', 'opus']);
  });

  it('ends when the publisher falls silent', async () => {
    const { session } = await publisher({ silenceTimeoutMs: 300, lostTimeoutMs: 60000 });
    expect(await session.ended).toMatch(/^(silent|connection-lost)$/);
    expect(session.connected).toBe(false);
  });

  it('ends when the publisher vanishes', async () => {
    const { client, session } = await publisher({ silenceTimeoutMs: 60000, lostTimeoutMs: 300 });
    await client.close();
    expect(await session.ended).toBe('connection-lost');
  });

  it('lives as long as packets come', async () => {
    const { client, session } = await publisher({ silenceTimeoutMs: 200, lostTimeoutMs: 200 });
    const startedMs = performance.now();
    let sequenceNumber = 0;
    const timer = setInterval(() => client.send({ sequenceNumber: sequenceNumber++ }, Buffer.from('x')), 20);
    await vi.waitUntil(() => performance.now() - startedMs > 1000 || !session.connected, waiting);
    expect(session.connected).toBe(true);
    clearInterval(timer);
    await session.ended;
  });

  it('ends when nobody connects, and frees its port', async () => {
    const session = await createPublishSession(chromiumPublisher, { connectTimeoutMs: 50 });
    expect(session.connected).toBe(false);
    expect(await session.ended).toBe('never-connected');
  });

  it('tells the publisher when it ends, and answers the first reason for ever', async () => {
    const { client, session } = await publisher();
    await Promise.all([session.close('replaced'), session.close('closed-by-client')]);
    await session.close('silent');
    expect(await session.ended).toBe('replaced');
    await vi.waitUntil(() => client.peer.dtlsTransports[0]?.state === 'closed', waiting);
  });

  it('reports to the publisher what it lost', async () => {
    const { client, session } = await publisher();
    for (const sequenceNumber of [1, 2, 3, 5, 6, 9]) client.send({ sequenceNumber }, Buffer.from('x'));
    await vi.waitUntil(() => session.stats().packets === 6, waiting);
    expect(session.stats().packetsLost).toBe(3);
    const [sender] = client.peer.getSenders();
    await vi.waitUntil(
      () =>
        (sender?.collectStats(0) ?? []).some((entry) => 'packetsLost' in entry && entry.packetsLost === 3),
      waiting,
    );
  });
});

describe('hostile packets to an open port', () => {
  it('change nothing', async () => {
    const { client, session } = await publisher();
    const received: string[] = [];
    session.onAudio = ({ payload }) => received.push(payload.toString());
    const socket = createSocket('udp4');
    const port = portOf(session);
    open.push(async () => socket.close());
    // One at a time, or the kernel's buffer overflows and takes the genuine packet with it.
    const send = async (bytes: Buffer) => {
      await new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', resolve));
      await new Promise((resolve) => setImmediate(resolve));
    };
    for (let first = 0; first < 256; first += 1) {
      await send(Buffer.concat([Buffer.from([first]), Buffer.alloc(first % 60, first)]));
    }
    // RTP and RTCP headers in order, DTLS hello and alert in the clear, STUN without a user name.
    await send(Buffer.concat([Buffer.from('806f000100000000deadbeef', 'hex'), Buffer.alloc(60)]));
    await send(Buffer.concat([Buffer.from('80c8000600000000', 'hex'), Buffer.alloc(60)]));
    await send(Buffer.from(`16fefd0000000000000000000c${'01'.repeat(12)}`, 'hex'));
    await send(Buffer.from('15fefd000000000000000000020100', 'hex'));
    await send(Buffer.from(`000100002112a442${'00'.repeat(12)}`, 'hex'));
    client.send({ sequenceNumber: 1 }, Buffer.from('still here'));
    await vi.waitUntil(() => received.length > 0, waiting);
    expect(received).toEqual(['still here']);
    expect(session.stats().packets).toBe(1);
    expect(session.connected).toBe(true);
  });

  it('from the publisher itself change nothing either', async () => {
    const { client, session } = await publisher();
    const received: string[] = [];
    session.onAudio = ({ payload }) => received.push(payload.toString());
    const connection = client.peer.iceTransports[0]!.connection;
    for (let first = 20; first < 256; first += 1) {
      await connection.send(Buffer.concat([Buffer.from([first]), Buffer.alloc(first % 60, first)]));
    }
    await connection.send(Buffer.from('15fefd000000000000000000020100', 'hex'));
    await connection.send(Buffer.from(`16fefd0000000000000000000c${'01'.repeat(12)}`, 'hex'));
    client.send({ sequenceNumber: 1 }, Buffer.from('still here'));
    await vi.waitUntil(() => received.length > 0, waiting);
    expect(received).toEqual(['still here']);
    expect(session.connected).toBe(true);
  });
});

describe('a play session', () => {
  it('sends what it is given, numbered without a gap', async () => {
    const { client, session } = await player();
    const payloads = Array.from({ length: 50 }, (_, index) => Buffer.alloc(10 + index, index));
    for (const payload of payloads) session.sendAudio({ payload, samplesAt48k: 480 });
    await vi.waitUntil(() => client.received.length === payloads.length, waiting);
    expect(client.received.map(({ payload }) => payload)).toEqual(payloads);
    const headers = client.received.map(({ header }) => header);
    const [first] = headers;
    for (const [index, header] of headers.entries()) {
      expect((header.sequenceNumber - first!.sequenceNumber + 65536) % 65536).toBe(index);
      expect((header.timestamp - first!.timestamp + 2 ** 32) % 2 ** 32).toBe(index * 480);
      expect(header.marker).toBe(index === 0);
    }
    expect(session.stats()).toMatchObject({
      packets: 50,
      bytes: payloads.reduce((sum, { length }) => sum + length, 0),
    });
  });

  it('drops frames while nobody is connected, and starts with a marker', async () => {
    const { client, session } = await TestClient.join('recvonly', async (offer) => {
      const made = await createPlaySession(offer, { audio: true, video: false });
      made.sendAudio({ payload: Buffer.from('early'), samplesAt48k: 960 });
      return made;
    });
    open.push(
      () => client.close(),
      () => session.close('closed-by-server'),
    );
    await vi.waitUntil(() => session.connected && client.peer.connectionState === 'connected', waiting);
    expect(session.stats().packets).toBe(0);
    session.sendAudio({ payload: Buffer.from('first'), samplesAt48k: 960 });
    await vi.waitUntil(() => client.received.length === 1, waiting);
    expect(client.received[0]).toMatchObject({ payload: Buffer.from('first'), header: { marker: true } });
  });

  it('sends sender reports under the name in the answer, and learns the round trip', async () => {
    const { client, session } = await player();
    const { RtcpSourceDescriptionPacket, RtcpSrPacket } = await import('werift');
    const names: string[] = [];
    const reported: number[] = [];
    client.peer.dtlsTransports[0]?.onRtcp.subscribe((packet) => {
      if (packet instanceof RtcpSourceDescriptionPacket) names.push(packet.chunks[0]?.items[0]?.text ?? '');
      if (packet instanceof RtcpSrPacket) reported.push(packet.senderInfo.packetCount);
    });
    for (let i = 0; i < 5; i += 1) session.sendAudio({ payload: Buffer.from('x'), samplesAt48k: 960 });
    await vi.waitUntil(() => session.stats().roundTripMs !== undefined, waiting);
    expect(reported[0]).toBe(5);
    expect(new Set(names)).toEqual(new Set([/cname:(\S+)/.exec(session.answer)?.[1]]));
    expect(session.stats().roundTripMs).toBeLessThan(1000);
  });

  it('ends when the player vanishes', async () => {
    const { client, session } = await player({ lostTimeoutMs: 300 });
    await client.close();
    expect(await session.ended).toBe('connection-lost');
  });

  it('does not mind being used after its end', async () => {
    const { session } = await player();
    await session.close('closed-by-server');
    session.sendAudio({ payload: Buffer.from('x'), samplesAt48k: 960 });
    expect(session.stats().packets).toBe(0);
  });
});

describe('patch', () => {
  const candidate = 'a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host';

  it('takes candidates of the session and answers nothing', async () => {
    const { session } = await player();
    const before = session.iceETag;
    expect(
      await session.patch(`m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n${candidate}\r\n`),
    ).toBeUndefined();
    expect(session.iceETag).toBe(before);
  });

  it.each([
    [
      'an unknown mid',
      `m=audio 9 X 0\r\na=mid:77\r\n${candidate}`,
      'no m-line of the offer has the mid "77"',
    ],
    ['a foreign ufrag', `a=ice-ufrag:other\r\n${candidate}`, 'an ICE restart needs an ice-pwd'],
    ['no fragment', 'hello', 'cannot read the line'],
  ])('refuses %s', async (_what, fragment, message) => {
    const { session } = await player();
    await expect(session.patch(fragment)).rejects.toThrow(InvalidSdpError);
    await expect(session.patch(fragment)).rejects.toThrow(message);
  });

  it('restarts ICE while sound goes on', async () => {
    const { client, session } = await player();
    const before = session.iceETag;
    const ice = client.peer.iceTransports[0]!;
    ice.restart();
    await ice.gather();
    const { usernameFragment, password } = ice.localParameters;
    const answer = await session.patch(`a=ice-ufrag:${usernameFragment}\r\na=ice-pwd:${password}\r\n`);
    expect(session.iceETag).not.toBe(before);
    expect(answer).toContain('a=end-of-candidates');
    const value = (name: string) => new RegExp(`a=${name}:(\\S+)`).exec(answer ?? '')?.[1] ?? '';
    ice.setRemoteParams({ iceLite: true, usernameFragment: value('ice-ufrag'), password: value('ice-pwd') });
    const { candidateFromSdp } = await import('werift');
    for (const [, text = ''] of (answer ?? '').matchAll(/a=candidate:(.*)\r/g)) {
      await ice.addRemoteCandidate(candidateFromSdp(text));
    }
    await ice.addRemoteCandidate(undefined);
    await ice.start();
    const count = client.received.length;
    session.sendAudio({ payload: Buffer.from('after'), samplesAt48k: 960 });
    await vi.waitUntil(() => client.received.length === count + 1, waiting);
    expect(session.connected).toBe(true);
  });
});

describe('making a session', () => {
  it('keeps to the port range, and says so when it is full', async () => {
    const blocker = createSocket('udp4').bind(0);
    await once(blocker, 'listening');
    const { port } = blocker.address();
    await expect(createPublishSession(chromiumPublisher, { udpPortRange: [port, port] })).rejects.toThrow(
      `no UDP port is free from ${port} to ${port}`,
    );
    blocker.close();
    await once(blocker, 'close');
    const session = await createPublishSession(chromiumPublisher, { udpPortRange: [port, port] });
    expect(portOf(session)).toBe(port);
    await session.close('closed-by-server');
  });

  it('announces the addresses it is told, and loopback', async () => {
    const session = await createPublishSession(chromiumPublisher, { announcedAddresses: ['203.0.113.9'] });
    const addresses = [...session.answer.matchAll(/a=candidate:\S+ 1 udp \S+ (\S+) /g)].map(
      ([, address]) => address,
    );
    expect(new Set(addresses)).toEqual(new Set(['203.0.113.9', '127.0.0.1']));
    await session.close('closed-by-server');
  });

  it('gives every session an id of its own that is safe in a URL', async () => {
    const sessions = await Promise.all(
      Array.from({ length: 20 }, () => createPublishSession(chromiumPublisher)),
    );
    const ids = sessions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
    await Promise.all(sessions.map((session) => session.close('closed-by-server')));
  });

  it('leaves nothing open where it fails', async () => {
    await expect(createPublishSession('v=0', {})).rejects.toThrow(InvalidSdpError);
    await expect(
      createPublishSession(chromiumPublisher, { announcedAddresses: ['nonsense'] }),
    ).rejects.toThrow(TypeError);
    expect(openUdpSockets()).toBe(0);
  });

  it('leaves nothing open after handshakes that stop half-way', async () => {
    const timersBefore = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const joined = await Promise.all(
      Array.from({ length: 5 }, () => TestClient.join('sendonly', (offer) => createPublishSession(offer))),
    );
    await Promise.all(
      joined.map(({ client, session }) => Promise.all([client.close(), session.close('replaced')])),
    );
    await vi.waitUntil(() => openUdpSockets() === 0, waiting);
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    // Waits of the handshake that is given up run out by themselves.
    await vi.waitUntil(() => timers() <= timersBefore, waiting);
  });
});
