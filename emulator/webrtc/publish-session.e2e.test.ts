import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RtpHeader } from 'werift';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { createPublishSession } from './publish-session.ts';
import { closeAll, closeLater, connectPublisher, portOf, waiting } from './test-client.ts';
import { testOffers } from './test-offers.ts';

const { chromiumPublisher } = testOffers;

afterEach(closeAll);

describe('a publish session', () => {
  it('hands on what was sent, byte for byte, with the numbers of the sender', async () => {
    const { client, session } = await connectPublisher();
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
    const { client, session } = await connectPublisher();
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
    const { client, session } = await connectPublisher();
    const received: Buffer[] = [];
    session.onAudio = ({ payload }) => received.push(payload);
    const [dtls] = client.peer.dtlsTransports;
    client.send({ sequenceNumber: 10 }, Buffer.from('opus'));
    await vi.waitUntil(() => received.length === 1, waiting);
    await dtls?.sendRtp(
      Buffer.from('comfort noise'),
      new RtpHeader({ payloadType: 13, sequenceNumber: 11, ssrc: 9 }),
    );
    client.send({ sequenceNumber: 12 }, Buffer.from('opus'));
    await vi.waitUntil(() => received.length === 2, waiting);
    expect(received.map(String)).toEqual(['opus', 'opus']);
  });

  it('ends when the publisher falls silent', async () => {
    const { session } = await connectPublisher({ silenceTimeoutMs: 300, lostTimeoutMs: 60000 });
    expect(await session.ended).toMatch(/^(silent|connection-lost)$/);
    expect(session.connected).toBe(false);
  });

  it('ends when the publisher vanishes', async () => {
    const { client, session } = await connectPublisher({ silenceTimeoutMs: 60000, lostTimeoutMs: 300 });
    await client.close();
    expect(await session.ended).toBe('connection-lost');
  });

  it('lives as long as packets come', async () => {
    const { client, session } = await connectPublisher({ silenceTimeoutMs: 200, lostTimeoutMs: 200 });
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
    const { client, session } = await connectPublisher();
    await Promise.all([session.close('replaced'), session.close('closed-by-client')]);
    await session.close('silent');
    expect(await session.ended).toBe('replaced');
    await vi.waitUntil(() => client.peer.dtlsTransports[0]?.state === 'closed', waiting);
  });

  it('reports to the publisher what it lost', async () => {
    const { client, session } = await connectPublisher();
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
    const { client, session } = await connectPublisher();
    const received: string[] = [];
    session.onAudio = ({ payload }) => received.push(payload.toString());
    const socket = createSocket('udp4');
    const port = portOf(session);
    closeLater(async () => socket.close());
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
    const { client, session } = await connectPublisher();
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
