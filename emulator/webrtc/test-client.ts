import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket } from 'werift';
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
