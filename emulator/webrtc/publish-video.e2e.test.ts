import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  GenericNack,
  PictureLossIndication,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpRrPacket,
  RtcpTransportLayerFeedback,
} from 'werift';
import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import { createPublishSession } from './publish-session.ts';
import { closeAll, connectPublisher, waiting } from './test-client.ts';
import { testOffers } from './test-offers.ts';

afterEach(closeAll);

function feedbackOf(packets: readonly RtcpPacket[]) {
  return packets.flatMap((packet) =>
    packet instanceof RtcpPayloadSpecificFeedback || packet instanceof RtcpTransportLayerFeedback
      ? [packet.feedback]
      : [],
  );
}

describe('a publish session with video', () => {
  it('hands on sound and picture, each with the numbers of the sender', async () => {
    const { client, session } = await connectPublisher({}, true);
    expect(session.hasVideo).toBe(true);
    const video: RtpVideoPacket[] = [];
    const audio: string[] = [];
    session.onVideo = (packet) => video.push(packet);
    session.onAudio = ({ payload }) => audio.push(payload.toString());
    client.send({ sequenceNumber: 7 }, Buffer.from('sound'));
    for (let i = 0; i < 50; i += 1) {
      const fields = { sequenceNumber: (65510 + i) % 65536, timestamp: 9000 + i, marker: i % 3 === 2 };
      client.sendVideo(fields, Buffer.alloc(1000, i));
    }
    await vi.waitUntil(() => video.length === 50 && audio.length === 1, waiting);
    expect(audio).toEqual(['sound']);
    for (const [i, packet] of video.entries()) {
      expect(packet).toMatchObject({
        sequenceNumber: (65510 + i) % 65536,
        timestamp: 9000 + i,
        marker: i % 3 === 2,
        payload: Buffer.alloc(1000, i),
      });
    }
    expect(session.stats()).toMatchObject({ packets: 51, bytes: 50005, packetsLost: 0 });
  });

  it('asks for keyframes and packets of the stream that came', async () => {
    const { client, session } = await connectPublisher({}, true);
    session.requestKeyframe();
    session.requestPackets([1]);
    client.sendVideo({ sequenceNumber: 100 }, Buffer.from('x'));
    await vi.waitUntil(() => session.stats().packets === 1, waiting);
    session.requestPackets([]);
    session.requestKeyframe();
    session.requestPackets([65534, 65535, 0, 40]);
    await vi.waitUntil(() => feedbackOf(client.receivedRtcp).length === 2, waiting);
    const [loss, nack] = feedbackOf(client.receivedRtcp);
    expect(loss).toBeInstanceOf(PictureLossIndication);
    expect(nack).toBeInstanceOf(GenericNack);
    expect((nack as GenericNack).lost.map((number) => number & 0xffff)).toEqual([65534, 65535, 0, 40]);
    expect((nack as GenericNack).mediaSourceSsrc).toBe((loss as PictureLossIndication).mediaSsrc);
  });

  it('takes packets that come late, as those do that were asked for', async () => {
    const { client, session } = await connectPublisher({}, true);
    const numbers: number[] = [];
    session.onVideo = ({ sequenceNumber }) => numbers.push(sequenceNumber);
    for (const sequenceNumber of [10, 11, 500, 12, 12, 499])
      client.sendVideo({ sequenceNumber }, Buffer.from('x'));
    await vi.waitUntil(() => numbers.length === 5, waiting);
    expect(numbers).toEqual([10, 11, 500, 12, 499]);
  });

  it('reports on both streams', async () => {
    const { client, session } = await connectPublisher({}, true);
    client.send({ sequenceNumber: 1 }, Buffer.from('x'));
    for (const sequenceNumber of [1, 2, 4]) client.sendVideo({ sequenceNumber }, Buffer.from('x'));
    const reports = () =>
      client.receivedRtcp.flatMap((packet) => (packet instanceof RtcpRrPacket ? packet.reports : []));
    await vi.waitUntil(() => new Set(reports().map(({ ssrc }) => ssrc)).size === 2, waiting);
    expect(
      reports()
        .slice(0, 2)
        .map(({ packetsLost }) => packetsLost),
    ).toEqual([0, 1]);
    expect(session.stats().packetsLost).toBe(1);
  });

  it('is kept alive by the picture alone', async () => {
    const { client, session } = await connectPublisher({ silenceTimeoutMs: 200, lostTimeoutMs: 60000 }, true);
    const startedMs = performance.now();
    let sequenceNumber = 0;
    const timer = setInterval(
      () => client.sendVideo({ sequenceNumber: sequenceNumber++ }, Buffer.from('x')),
      20,
    );
    await vi.waitUntil(() => performance.now() - startedMs > 800 || !session.connected, waiting);
    clearInterval(timer);
    expect(session.connected).toBe(true);
  });

  it('knows the parameter sets of the offer', async () => {
    const withSets = testOffers.chromiumPublisher.replaceAll(
      /(packetization-mode=1;profile-level-id=42e01f)/g,
      '$1;sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==',
    );
    const offers = [withSets, testOffers.chromiumPublisher];
    const sessions = await Promise.all(offers.map((offer) => createPublishSession(offer)));
    expect(sessions.map(({ videoParameterSets }) => videoParameterSets.map((set) => set[0]! & 31))).toEqual([
      [7, 8],
      [],
    ]);
    await Promise.all(sessions.map((session) => session.close('closed-by-server')));
  });
});
