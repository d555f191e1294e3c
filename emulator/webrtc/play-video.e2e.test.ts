import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  GenericNack,
  PictureLossIndication,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
} from 'werift';
import { createPlaySession } from './play-session.ts';
import { isRtcp } from './rtp-packet.ts';
import { closeAll, connected, connectPlayer, TestClient, waiting } from './test-client.ts';

afterEach(closeAll);

const videoSsrcOf = (answer: string) => Number(/m=video[\s\S]*a=ssrc:([0-9]+)/.exec(answer)?.[1]);
const pictureLoss = (mediaSsrc: number) =>
  new RtcpPayloadSpecificFeedback({ feedback: new PictureLossIndication({ senderSsrc: 1, mediaSsrc }) });
const nack = (mediaSourceSsrc: number, lost: number[]) =>
  new RtcpTransportLayerFeedback({ feedback: new GenericNack({ senderSsrc: 1, mediaSourceSsrc, lost }) });

describe('a play session with video', () => {
  it('sends pictures in packets that go on without a gap, the marker on each last one', async () => {
    const { client, session } = await connectPlayer({}, true);
    expect(session.hasVideo).toBe(true);
    const pictures = Array.from({ length: 20 }, (_, k) =>
      Array.from({ length: 1 + (k % 4) }, (_, part) => Buffer.alloc(100 + k, part + 1)),
    );
    for (const [k, payloads] of pictures.entries()) session.sendVideo({ payloads, timestamp90k: k * 3600 });
    const all = pictures.flat();
    await vi.waitUntil(() => client.receivedVideo.length === all.length, waiting);
    expect(client.receivedVideo.map(({ payload }) => payload)).toEqual(all);
    const headers = client.receivedVideo.map(({ header }) => header);
    const [first] = headers;
    expect(headers.map(({ sequenceNumber }) => (sequenceNumber - first!.sequenceNumber) & 0xffff)).toEqual(
      all.map((_, index) => index),
    );
    expect(headers.map(({ timestamp }) => (timestamp - first!.timestamp) >>> 0)).toEqual(
      pictures.flatMap((payloads, k) => payloads.map(() => k * 3600)),
    );
    expect(headers.map(({ marker }) => marker)).toEqual(
      pictures.flatMap((payloads) => payloads.map((_, part) => part === payloads.length - 1)),
    );
    expect(new Set(headers.map(({ ssrc }) => ssrc))).toEqual(new Set([videoSsrcOf(session.answer)]));
  });

  it('says when a keyframe is needed: connected, and at each PLI for its stream', async () => {
    const joined = await TestClient.join(
      'recvonly',
      async (offer) => {
        const made = await createPlaySession(offer, { audio: true, video: true });
        made.onKeyframeRequest = () => asked.push(made.connected);
        return made;
      },
      true,
    );
    const asked: boolean[] = [];
    const { client, session } = await connected(joined);
    expect(asked).toEqual([true]);
    const ssrc = videoSsrcOf(session.answer);
    await client.sendRtcp(pictureLoss((ssrc ^ 1) >>> 0));
    await client.sendRtcp(pictureLoss(ssrc));
    await vi.waitUntil(() => asked.length === 2, waiting);
    await client.sendRtcp(pictureLoss(ssrc), pictureLoss(ssrc));
    await client.sendRtcp(pictureLoss(ssrc));
    await vi.waitUntil(() => asked.length === 4, waiting);
  });

  it('sends again what is asked for, the very same packets', async () => {
    const { client, session } = await connectPlayer({}, true);
    const wire: string[] = [];
    client.peer.iceTransports[0]?.connection.onData.subscribe((datagram) => {
      if (datagram[0]! >= 128 && !isRtcp(datagram)) wire.push(datagram.toString('hex'));
    });
    const payloads = Array.from({ length: 30 }, (_, part) => Buffer.alloc(50, part));
    session.sendVideo({ payloads, timestamp90k: 0 });
    await vi.waitUntil(() => wire.length === 30, waiting);
    const number = (index: number) => (client.receivedVideo[0]!.header.sequenceNumber + index) & 0xffff;
    const ssrc = videoSsrcOf(session.answer);
    await client.sendRtcp(
      nack((ssrc ^ 1) >>> 0, [number(1)]),
      nack(ssrc, [number(3), number(4), number(25), number(60)]),
    );
    await vi.waitUntil(() => wire.length === 33, waiting);
    expect(wire.slice(30)).toEqual([wire[3], wire[4], wire[25]]);
    expect(session.stats().packets).toBe(30);
  });

  it('reports on sound and picture under one name and one clock', async () => {
    const { client, session } = await connectPlayer({}, true);
    let tick = 0;
    const timer = setInterval(() => {
      session.sendAudio({ payload: Buffer.from('x'), samplesAt48k: 960 });
      if (tick % 2 === 0) session.sendVideo({ payloads: [Buffer.from('yz')], timestamp90k: tick * 1800 });
      tick += 1;
    }, 20);
    const of = <T extends RtcpPacket>(type: new (...args: never[]) => T) =>
      client.receivedRtcp.filter((packet): packet is T => packet instanceof type);
    await vi.waitUntil(() => new Set(of(RtcpSrPacket).map(({ ssrc }) => ssrc)).size === 2, waiting);
    clearInterval(timer);
    const names = of(RtcpSourceDescriptionPacket).map(({ chunks }) => chunks[0]?.items[0]?.text);
    expect(new Set(names)).toEqual(new Set([/cname:(\S+)/.exec(session.answer)?.[1]]));
    const videoSsrc = videoSsrcOf(session.answer);
    const video = of(RtcpSrPacket).find(({ ssrc }) => ssrc === videoSsrc)!.senderInfo;
    const audio = of(RtcpSrPacket).find(
      ({ ssrc, senderInfo }) => ssrc !== videoSsrc && senderInfo.ntpTimestamp === video.ntpTimestamp,
    )!.senderInfo;
    // At one moment: how far each track is since its beginning. A sound frame ends as it is sent.
    const audioMs = ((audio.rtpTimestamp - client.received[0]!.header.timestamp) >>> 0) / 48;
    const videoMs = ((video.rtpTimestamp - client.receivedVideo[0]!.header.timestamp) >>> 0) / 90;
    expect(Math.abs(audioMs - 20 - videoMs)).toBeLessThan(40);
    expect(video.octetCount).toBe(video.packetCount * 2);
  });

  it('has no picture where the room has none, and drops what it is given', async () => {
    const create = (offer: string) => createPlaySession(offer, { audio: true, video: false });
    const { client, session } = await connected(await TestClient.join('recvonly', create, true));
    expect(session.hasVideo).toBe(false);
    session.sendVideo({ payloads: [Buffer.from('x')], timestamp90k: 0 });
    session.sendAudio({ payload: Buffer.from('y'), samplesAt48k: 960 });
    await vi.waitUntil(() => client.received.length === 1, waiting);
    expect(client.receivedVideo).toHaveLength(0);
    expect(session.stats().packets).toBe(1);
  });
});
