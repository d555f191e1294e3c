import { vi } from 'vitest';
import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket } from 'werift';
import { createPlaySession, type SendingSession } from './play-session.ts';
import { createPublishSession, type ReceivingSession } from './publish-session.ts';
import type { SessionOptions } from './session.ts';
import type { WebRtcSession } from './types.ts';

/**
 * A client for tests: werift's whole peer connection, which shares nothing with our sessions above the
 * handshake and the STUN codec.
 */
export class TestClient {
  readonly peer: RTCPeerConnection;
  /** Audio packets that came in. */
  readonly received: RtpPacket[] = [];
  readonly #track: MediaStreamTrack | undefined;

  private constructor(direction: 'sendonly' | 'recvonly') {
    this.peer = new RTCPeerConnection({
      iceServers: [],
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      bundlePolicy: 'max-bundle',
    });
    this.#track = direction === 'sendonly' ? new MediaStreamTrack({ kind: 'audio' }) : undefined;
    this.peer.addTransceiver(this.#track ?? 'audio', { direction });
    this.peer.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe((packet) => this.received.push(packet)),
    );
    // Without this a public STUN server would be asked.
    for (const { connection } of this.peer.iceTransports) delete connection.stunServer;
  }

  /** Makes a session of a client's offer and gives the client the answer. */
  static async join<T extends WebRtcSession>(
    direction: 'sendonly' | 'recvonly',
    create: (offer: string) => Promise<T>,
  ): Promise<{ client: TestClient; session: T }> {
    const client = new TestClient(direction);
    try {
      const session = await create(await client.offer());
      await client.peer.setRemoteDescription({ type: 'answer', sdp: session.answer });
      return { client, session };
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  async offer(): Promise<string> {
    await this.peer.setLocalDescription(await this.peer.createOffer());
    return this.peer.localDescription?.sdp ?? '';
  }

  /** Sends an RTP packet with these header fields; the payload type is the negotiated one. */
  send(fields: Partial<RtpHeader>, payload: Buffer): void {
    this.#track?.writeRtp(new RtpPacket(new RtpHeader(fields), payload));
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
): Promise<{ client: TestClient; session: ReceivingSession }> {
  return await connected(await TestClient.join('sendonly', (offer) => createPublishSession(offer, options)));
}

/** A player that is connected to a session of its own. */
export async function connectPlayer(
  options: SessionOptions = {},
): Promise<{ client: TestClient; session: SendingSession }> {
  const create = (offer: string) => createPlaySession(offer, { ...options, audio: true, video: false });
  return await connected(await TestClient.join('recvonly', create));
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
