import { Socket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RtpDepacketizer } from '../../media/h264/rtp-depacketizer.ts';
import { packetizeH264 } from '../../media/h264/rtp-packetizer.ts';
import { fakeDevices, isWithoutChromium, launchChromium } from '../../scripts/test-chromium.ts';
import { createPlaySession, type SendingSession } from './play-session.ts';
import { createPublishSession, type ReceivingSession } from './publish-session.ts';
import { closeAll, closeLater } from './test-client.ts';

let browser: Browser;
let server: Server;
let base = '';
let publisher: ReceivingSession | undefined;
let player: SendingSession | undefined;
/** Sequence number of the publisher's last video packet. */
let newestVideo: number | undefined;

const page = `<!doctype html><video autoplay muted playsinline></video><script>
  const peers = {};
  async function post(path, peer) {
    await peer.setLocalDescription(await peer.createOffer());
    const answer = await fetch(path, { method: 'POST', body: peer.localDescription.sdp });
    if (!answer.ok) throw new Error(await answer.text());
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  }
  async function publish() {
    const wanted = { audio: true, video: { width: 640, height: 360, frameRate: 25 } };
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    const peer = (peers.publish = new RTCPeerConnection());
    for (const track of stream.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
    await post('/whip', peer);
  }
  async function play() {
    const peer = (peers.play = new RTCPeerConnection());
    peer.ontrack = ({ streams }) => { document.querySelector('video').srcObject = streams[0]; };
    peer.addTransceiver('video', { direction: 'recvonly' });
    peer.addTransceiver('audio', { direction: 'recvonly' });
    await post('/whep', peer);
  }
  async function stats(name) {
    return [...(await peers[name].getStats()).values()];
  }
</script>`;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      return;
    }
    const session =
      request.url === '/whip'
        ? await createPublishSession(body)
        : await createPlaySession(body, { audio: true, video: true });
    closeLater(() => session.close('closed-by-server'));
    if (session.kind === 'publish') publisher = session;
    else player = session;
    if (session.kind === 'play') passOn(publisher!, session);
    response.writeHead(201).end(session.answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launchChromium(fakeDevices);
}, 30_000);

afterEach(closeAll);

afterAll(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
});

/** What the rooms will do, with nothing mixed: sound as it comes, pictures put together and cut anew. */
function passOn(from: ReceivingSession, to: SendingSession): void {
  newestVideo = undefined;
  const depacketizer = new RtpDepacketizer({
    onAccessUnit: ({ data, timestamp, complete }) => {
      const payloads = packetizeH264(data).map(({ payload }) => payload);
      if (complete) to.sendVideo({ payloads, timestamp90k: timestamp });
    },
    onMissing: (sequenceNumbers) => from.requestPackets(sequenceNumbers),
  });
  from.onAudio = ({ payload }) => to.sendAudio({ payload, samplesAt48k: 960 });
  from.onVideo = (packet, arrivalMs) => {
    newestVideo = packet.sequenceNumber;
    depacketizer.push(packet, arrivalMs);
  };
  to.onKeyframeRequest = () => from.requestKeyframe();
}

type Stats = Readonly<Record<string, unknown>>;

/** The numbers that a page's peer connection has of one kind. */
async function statsOf(tab: Page, peer: 'publish' | 'play', type: string, kind: string): Promise<Stats> {
  const all = (await tab.evaluate(`stats('${peer}')`)) as Stats[];
  return all.find((entry) => entry.type === type && entry.kind === kind) ?? {};
}

/** A tab that publishes, and plays what it published. */
async function publishAndPlay(): Promise<{ tab: Page; errors: string[] }> {
  const tab = await browser.newPage();
  closeLater(() => tab.close());
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(base);
  publisher = undefined;
  await tab.evaluate('publish()');
  await vi.waitUntil(() => (publisher?.stats().packets ?? 0) > 50, waiting);
  await tab.evaluate('play()');
  return { tab, errors };
}

const waiting = { timeout: 10_000, interval: 50 };

describe.skipIf(isWithoutChromium)('Chromium', () => {
  it('publishes H.264, and plays what comes back, in step with the sound', async () => {
    const { tab, errors } = await publishAndPlay();
    expect(publisher?.hasVideo).toBe(true);
    await vi.waitUntil(
      async () => Number((await statsOf(tab, 'play', 'inbound-rtp', 'video')).framesDecoded) > 25,
      waiting,
    );
    // Sender reports came of both tracks, and with them what lip sync needs.
    await vi.waitUntil(async () => {
      const audio = await statsOf(tab, 'play', 'inbound-rtp', 'audio');
      const video = await statsOf(tab, 'play', 'inbound-rtp', 'video');
      return audio.estimatedPlayoutTimestamp !== undefined && video.estimatedPlayoutTimestamp !== undefined;
    }, waiting);
    const video = await statsOf(tab, 'play', 'inbound-rtp', 'video');
    expect(video).toMatchObject({ frameWidth: 640, frameHeight: 360 });
    expect(video.framesDropped).toBeLessThan(5);
    expect(await tab.evaluate("document.querySelector('video').videoWidth")).toBe(640);
    const audio = await statsOf(tab, 'play', 'inbound-rtp', 'audio');
    const apartMs = Math.abs(
      Number(audio.estimatedPlayoutTimestamp) - Number(video.estimatedPlayoutTimestamp),
    );
    expect(apartMs).toBeLessThan(150);

    const before = await statsOf(tab, 'publish', 'outbound-rtp', 'video');
    publisher?.requestKeyframe();
    await vi.waitUntil(async () => {
      const after = await statsOf(tab, 'publish', 'outbound-rtp', 'video');
      return Number(after.keyFramesEncoded) > Number(before.keyFramesEncoded);
    }, waiting);
    const sent = await statsOf(tab, 'publish', 'outbound-rtp', 'video');
    expect(Number(sent.pliCount)).toBeGreaterThan(0);
    // Told how much it may send, it does not creep up from 300 kbit/s.
    expect(Number(sent.targetBitrate)).toBeGreaterThan(1_000_000);
    expect(player?.stats().packetsLost).toBe(0);
    expect(errors).toEqual([]);
  });

  it('asks for lost packets and gets them, and sends those it is asked for', async () => {
    const seen = new WeakSet<Uint8Array>();
    let count = 0;
    const send = Socket.prototype.send;
    const line = vi.spyOn(Socket.prototype, 'send').mockImplementation(function (this: Socket, ...args) {
      const [datagram] = args as unknown as [Uint8Array];
      // One of ten pictures' packets, the first time it is sent.
      const lost = datagram.length > 400 && !seen.has(datagram) && ++count % 10 === 0;
      seen.add(datagram);
      if (!lost) Reflect.apply(send, this, args);
    });
    closeLater(async () => line.mockRestore());
    const { tab } = await publishAndPlay();
    await vi.waitUntil(async () => {
      const { nackCount, framesDecoded } = await statsOf(tab, 'play', 'inbound-rtp', 'video');
      return Number(nackCount) > 2 && Number(framesDecoded) > 40;
    }, waiting);
    expect((await statsOf(tab, 'play', 'inbound-rtp', 'video')).freezeCount).toBe(0);
    publisher?.requestPackets([newestVideo!]);
    await vi.waitUntil(async () => {
      const { retransmittedPacketsSent } = await statsOf(tab, 'publish', 'outbound-rtp', 'video');
      return Number(retransmittedPacketsSent) > 0;
    }, waiting);
  });
});
