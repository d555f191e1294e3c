import { vi } from 'vitest';
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RtcpPacket,
  RtpHeader,
  RtpPacket,
} from 'werift';
import { createPlaySession, type SendingSession } from './play-session.ts';
import { createPublishSession, type ReceivingSession } from './publish-session.ts';
import type { SessionOptions } from './session.ts';
import type { WebRtcSession } from './types.ts';

const opus = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48000, channels: 2 });
const h264 = new RTCRtpCodecParameters({
  mimeType: 'video/H264',
  clockRate: 90000,
  rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'ccm', parameter: 'fir' }],
  parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
});

/**
 * A client for tests: werift's whole peer connection, which shares nothing with our sessions above the
 * handshake and the STUN codec.
 */
export class TestClient {
  readonly peer: RTCPeerConnection;
  /** Audio packets that came in. */
  readonly received: RtpPacket[] = [];
  /** Video packets that came in. */
  readonly receivedVideo: RtpPacket[] = [];
  /** What came in of RTCP, in order. */
  readonly receivedRtcp: RtcpPacket[] = [];
  readonly #track: MediaStreamTrack | undefined;
  readonly #videoTrack: MediaStreamTrack | undefined;

  private constructor(direction: 'sendonly' | 'recvonly', video: boolean) {
    this.peer = new RTCPeerConnection({
      iceServers: [],
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      bundlePolicy: 'max-bundle',
      ...(video ? { codecs: { audio: [opus], video: [h264] } } : {}),
    });
    this.#track = direction === 'sendonly' ? new MediaStreamTrack({ kind: 'audio' }) : undefined;
    this.peer.addTransceiver(this.#track ?? 'audio', { direction });
    if (video) {
      this.#videoTrack = direction === 'sendonly' ? new MediaStreamTrack({ kind: 'video' }) : undefined;
      this.peer.addTransceiver(this.#videoTrack ?? 'video', { direction });
    }
    this.peer.onTrack.subscribe((track) => {
      const received = track.kind === 'video' ? this.receivedVideo : this.received;
      track.onReceiveRtp.subscribe((packet) => received.push(packet));
    });
    // Without this a public STUN server would be asked.
    for (const { connection } of this.peer.iceTransports) delete connection.stunServer;
  }

  /** Makes a session of a client's offer, or whatever has an answer to it, and gives the client the answer. */
  static async join<T extends { readonly answer: string }>(
    direction: 'sendonly' | 'recvonly',
    create: (offer: string) => Promise<T>,
    video = false,
  ): Promise<{ client: TestClient; session: T }> {
    const client = new TestClient(direction, video);
    try {
      const session = await create(await client.offer());
      await client.peer.setRemoteDescription({ type: 'answer', sdp: session.answer });
      client.peer.dtlsTransports[0]?.onRtcp.subscribe((packet) => client.receivedRtcp.push(packet));
      return { client, session };
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /** A client that waits to be offered to. */
  static answering(video = false): TestClient {
    return new TestClient('recvonly', video);
  }

  /** The answer to an offer; the client's checks begin at once. */
  async answer(offer: string): Promise<string> {
    await this.peer.setRemoteDescription({ type: 'offer', sdp: offer });
    // Made by the offer, and a public STUN server is not to be asked.
    for (const { connection } of this.peer.iceTransports) delete connection.stunServer;
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    return this.peer.localDescription?.sdp ?? '';
  }

  async offer(): Promise<string> {
    await this.peer.setLocalDescription(await this.peer.createOffer());
    return this.peer.localDescription?.sdp ?? '';
  }

  /** Sends an RTP packet with these header fields; the payload type is the negotiated one. */
  send(fields: Partial<RtpHeader>, payload: Buffer): void {
    this.#track?.writeRtp(new RtpPacket(new RtpHeader(fields), payload));
  }

  /** Sends a video packet, like `send`. */
  sendVideo(fields: Partial<RtpHeader>, payload: Buffer): void {
    this.#videoTrack?.writeRtp(new RtpPacket(new RtpHeader(fields), payload));
  }

  /** Sends RTCP packets as one compound packet. */
  async sendRtcp(...packets: RtcpPacket[]): Promise<void> {
    await this.peer.dtlsTransports[0]?.sendRtcp(packets);
  }

  /** Vanishes without a word. */
  async close(): Promise<void> {
    for (const { dtls } of this.peer.dtlsTransports) if (dtls !== undefined) dtls.dtls.flight = 100;
    await this.peer.close();
  }
}

/** How many UDP sockets the process has open. */
export function openUdpSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;
}

/** For `vi.waitUntil`. */
export const waiting = { timeout: 5000, interval: 5 };

/** What the present test has opened. */
const opened: (() => Promise<unknown>)[] = [];

/** Has something closed at the end of the test. */
export function closeLater(close: () => Promise<unknown>): void {
  opened.push(close);
}

/** Closes what the test has opened, and waits until no port is left. For `afterEach`. */
export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((close) => close()));
  await vi.waitUntil(() => openUdpSockets() === 0, waiting);
}

/** A publisher that is connected to a session of its own. */
export async function connectPublisher(
  options: SessionOptions = {},
  video = false,
): Promise<{ client: TestClient; session: ReceivingSession }> {
  const create = (offer: string) => createPublishSession(offer, options);
  return await connected(await TestClient.join('sendonly', create, video));
}

/** A player that is connected to a session of its own. */
export async function connectPlayer(
  options: SessionOptions = {},
  video = false,
): Promise<{ client: TestClient; session: SendingSession }> {
  const create = (offer: string) => createPlaySession(offer, { ...options, audio: true, video });
  return await connected(await TestClient.join('recvonly', create, video));
}

/** Waits until both sides are connected, and has both closed at the end of the test. */
export async function connected<T extends WebRtcSession>(joined: { client: TestClient; session: T }) {
  const { client, session } = joined;
  closeLater(() => client.close());
  closeLater(() => session.close('closed-by-server'));
  await vi.waitUntil(() => session.connected && client.peer.connectionState === 'connected', waiting);
  return joined;
}

/** The port that a session announces for loopback. */
export function portOf(session: WebRtcSession): number {
  return Number(/ 127\.0\.0\.1 ([0-9]+) typ host/.exec(session.answer)?.[1]);
}
