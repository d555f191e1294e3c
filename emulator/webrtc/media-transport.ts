import { isRtcp, type RtpHeader, SrtcpSession, SrtpSession } from 'werift';
import type { DtlsCertificate } from './certificate.ts';
import { DtlsChannel, type SrtpAgreement } from './dtls-channel.ts';
import { IceLiteAgent } from './ice-lite.ts';
import { type ReadRtcp, readRtcp } from './rtcp.ts';
import type { RtpPacket } from './rtp-packet.ts';
import type { OfferTransport } from './sdp-checks.ts';
import { SrtpReceiver } from './srtp/srtp-receiver.ts';
import type { Peer, UdpEndpoint } from './udp-endpoint.ts';

/** What a transport tells its session. All are called in the order things happen, never after `close`. */
export interface MediaTransportEvents {
  onConnected(): void;
  /** A genuine packet, in the order of arrival; `arrivalMs` is monotonic. */
  onRtp(packet: RtpPacket, arrivalMs: number): void;
  onRtcp(rtcp: ReadRtcp, arrivalMs: number): void;
  /** The client said goodbye (`closed`), or the handshake failed. */
  onEnded(how: 'closed' | 'failed', error?: Error): void;
}

/** The keys of a connected transport. */
interface Protection {
  readonly rtp: SrtpSession;
  readonly receiver: SrtpReceiver;
  /** Takes repeated packets again, which for reports does no harm. */
  readonly rtcp: SrtcpSession;
}

/** More than the first flight of a handshake has. */
const maxEarlyDatagrams = 8;

/**
 * ICE, DTLS and SRTP of one session over its UDP endpoint: from datagrams to packets and back. Everything
 * from addresses that did not pass an ICE check is dropped unread, everything forged is dropped.
 *
 * Answers checks from the beginning; the handshake waits for `connect`, which says who the client is.
 */
export class MediaTransport {
  readonly ice: IceLiteAgent;
  /** When the client last proved to be there (monotonic, ms): a check or a genuine packet. */
  lastHeardMs: number | undefined;
  readonly #endpoint: UdpEndpoint;
  readonly #certificate: DtlsCertificate;
  #dtls: DtlsChannel | undefined;
  #events: MediaTransportEvents | undefined;
  /** What a client sent of its handshake before we know it: its answer is slower than its packets. */
  #early: Buffer[] = [];
  #protection: Protection | undefined;
  #closed = false;

  constructor(endpoint: UdpEndpoint, certificate: DtlsCertificate) {
    this.#endpoint = endpoint;
    this.#certificate = certificate;
    this.ice = new IceLiteAgent({
      send: (datagram, to) => endpoint.send(datagram, to),
      onUfrag: (ufrag) => endpoint.expectChecks(ufrag),
      onPeer: (peer) => endpoint.claim(peer),
      onSelected: () => this.#dtls?.start(),
    });
    endpoint.onDatagram = (datagram, from) => this.#receive(datagram, from);
  }

  /** Goes on with the client that described itself. Called once; nothing is told to `events` before it returns. */
  connect(client: OfferTransport, events: MediaTransportEvents): void {
    this.#events = events;
    this.ice.expect(client.iceUfrag);
    const dtls = new DtlsChannel({
      role: dtlsRole(client) === 'active' ? 'client' : 'server',
      certificate: this.#certificate,
      fingerprints: client.fingerprints,
      send: (datagram) => this.#send(datagram),
      onConnected: (agreement) => this.#connected(agreement),
      onClosed: () => this.#ended('closed'),
      onFailed: (error) => this.#ended('failed', error),
    });
    this.#dtls = dtls;
    const early = this.#early.splice(0);
    queueMicrotask(() => {
      if (this.ice.selected === undefined || this.#closed) return;
      dtls.start();
      for (const datagram of early) dtls.handle(datagram);
    });
  }

  /** True from the end of the DTLS handshake to `close`. */
  get connected(): boolean {
    return this.#protection !== undefined && !this.#closed;
  }

  /**
   * Sends one RTP packet; the numbers of one SSRC must go on without a gap. Dropped while not connected.
   *
   * @returns the datagram, for `resend`
   */
  sendRtp(header: RtpHeader, payload: Buffer): Buffer | undefined {
    if (this.#protection === undefined || this.#closed) return undefined;
    const datagram = this.#protection.rtp.encrypt(payload, header);
    this.#send(datagram);
    return datagram;
  }

  /** Sends a datagram of `sendRtp` once more. */
  resend(datagram: Buffer): void {
    this.#send(datagram);
  }

  /** Sends a compound RTCP packet. Dropped while not connected. */
  sendRtcp(compound: Buffer): void {
    if (this.#protection === undefined || this.#closed) return;
    this.#send(this.#protection.rtcp.encrypt(compound));
  }

  /** Idempotent; resolves when the port is free. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#dtls?.close();
      this.#early = [];
      this.#closed = true;
    }
    await this.#endpoint.close();
  }

  #send(datagram: Buffer): void {
    if (this.ice.selected !== undefined && !this.#closed) this.#endpoint.send(datagram, this.ice.selected);
  }

  /** RFC 7983 §7: the first byte tells the protocols apart. */
  #receive(datagram: Buffer, from: Peer): void {
    if (this.#closed || datagram.length === 0) return;
    const first = datagram.readUInt8(0);
    if (first < 4) {
      if (this.ice.handle(datagram, from)) this.lastHeardMs = performance.now();
      return;
    }
    if (!this.ice.isPeer(from)) return;
    if (first >= 128 && first < 192) this.#receiveMedia(datagram);
    else if (first >= 20 && first < 64) this.#receiveDtls(datagram);
  }

  #receiveDtls(datagram: Buffer): void {
    if (this.#dtls !== undefined) this.#dtls.handle(datagram);
    else if (this.#early.length < maxEarlyDatagrams) this.#early.push(datagram);
  }

  #receiveMedia(datagram: Buffer): void {
    if (this.#protection === undefined) return;
    const arrivalMs = performance.now();
    if (isRtcp(datagram)) {
      const compound = this.#openRtcp(this.#protection.rtcp, datagram);
      if (compound === undefined) return;
      this.lastHeardMs = arrivalMs;
      this.#events?.onRtcp(readRtcp(compound), arrivalMs);
      return;
    }
    const packet = this.#protection.receiver.open(datagram);
    if (packet === undefined) return;
    this.lastHeardMs = arrivalMs;
    this.#events?.onRtp(packet, arrivalMs);
  }

  #openRtcp(session: SrtcpSession, datagram: Buffer): Buffer | undefined {
    try {
      return session.decrypt(datagram);
    } catch {
      return undefined;
    }
  }

  #connected(agreement: SrtpAgreement): void {
    if (this.#closed) return;
    this.lastHeardMs = performance.now();
    const rtp = new SrtpSession(agreement);
    this.#protection = { rtp, receiver: new SrtpReceiver(rtp), rtcp: new SrtcpSession(agreement) };
    this.#events?.onConnected();
  }

  #ended(how: 'closed' | 'failed', error?: Error): void {
    if (!this.#closed) this.#events?.onEnded(how, error);
  }
}

/**
 * Our `a=setup`: active wherever the client leaves it to us, which saves it from guessing when to begin
 * (RFC 8842 §5.3).
 */
export function dtlsRole({ setup }: OfferTransport): 'active' | 'passive' {
  return setup === 'active' ? 'passive' : 'active';
}
