import { randomBytes, randomInt } from 'node:crypto';
import {
  candidateFromSdp,
  candidateToSdp,
  parseIceServers,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
  type RtcpPacket,
  type RtpHeader,
  type RtpPacket,
} from 'werift';
import type { Answer } from './answer.ts';
import { writeOffer } from './offer.ts';

/** A STUN or TURN server. */
export interface IceServer {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** How a bot reaches its server. */
export interface PeerOptions {
  /** None by default: bots and servers of a test see each other. */
  readonly iceServers?: readonly IceServer[];
  /** True: the server is on this machine, loopback is enough. */
  readonly loopback: boolean;
}

/** Why a bot's connection is over. */
export type PeerEnd = 'closed-by-us' | 'closed-by-server' | 'connection-lost';

/** AEAD_AES_128_GCM, then AES128_CM_HMAC_SHA1_80: numbers of RFC 5764 §4.1.2 and RFC 7714 §14.2. */
const srtpProfiles: (1 | 7)[] = [7, 1];

/**
 * One bundled WebRTC transport of a bot: a full ICE agent, DTLS and SRTP, without the machinery of a peer
 * connection above, whose cost would be measured with the server's.
 */
export class Peer {
  onRtp: ((packet: RtpPacket, arrivalMs: number) => void) | undefined;
  onRtcp: ((packet: RtcpPacket) => void) | undefined;
  /** Resolves once, when the connection is over. */
  readonly ended: Promise<PeerEnd>;
  readonly cname = randomBytes(9).toString('base64url');
  readonly audioSsrc = randomInt(1, 2 ** 32);
  readonly videoSsrc = randomInt(1, 2 ** 32);
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  readonly #fingerprint: string;
  #resolveEnded: (end: PeerEnd) => void = () => {};

  private constructor(ice: RTCIceTransport, dtls: RTCDtlsTransport, fingerprint: string) {
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#ice = ice;
    this.#dtls = dtls;
    this.#fingerprint = fingerprint;
    dtls.onRtp.subscribe((packet) => this.onRtp?.(packet, performance.now()));
    dtls.onRtcp.subscribe((packet) => this.onRtcp?.(packet));
    dtls.onStateChange.subscribe((state) => {
      if (state === 'closed') this.#resolveEnded('closed-by-server');
    });
    ice.onStateChange.subscribe((state) => {
      if (state === 'failed') this.#resolveEnded('connection-lost');
    });
  }

  /** Opens the port and gathers candidates. */
  static async open({ iceServers = [], loopback }: PeerOptions): Promise<Peer> {
    const servers = parseIceServers(iceServers.map((server) => ({ ...server })));
    const gatherer = new RTCIceGatherer({
      ...servers,
      useIpv4: !loopback,
      useIpv6: false,
      ...(loopback ? { additionalHostAddresses: ['127.0.0.1'] } : {}),
    });
    // Without this a public STUN server would be asked, and waited for.
    if (servers.stunServer === undefined) delete gatherer.connection.stunServer;
    const ice = new RTCIceTransport(gatherer);
    // One certificate for all bots of the process: making one takes some milliseconds.
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const dtls = new RTCDtlsTransport({ debug: {} }, ice, certificate, srtpProfiles);
    await gatherer.gather();
    return new Peer(ice, dtls, certificate.getFingerprints()[0]?.value ?? '');
  }

  /** The offer with all candidates. */
  offer(direction: 'sendonly' | 'recvonly', video: boolean): string {
    const { usernameFragment, password } = this.#ice.localParameters;
    return writeOffer({
      direction,
      video,
      iceUfrag: usernameFragment,
      icePwd: password,
      candidates: this.#ice.localCandidates.map((candidate) => candidateToSdp(candidate)),
      fingerprint: this.#fingerprint,
      cname: this.cname,
      audioSsrc: this.audioSsrc,
      videoSsrc: this.videoSsrc,
    });
  }

  /**
   * Takes the answer and connects.
   *
   * @throws Error where that fails, or takes longer than `timeoutMs`
   */
  async connect(answer: Answer, timeoutMs: number): Promise<void> {
    this.#ice.connection.iceControlling = true;
    const { iceLite, iceUfrag, icePwd, fingerprints, setup } = answer;
    this.#ice.setRemoteParams({ iceLite, usernameFragment: iceUfrag, password: icePwd });
    const remote = fingerprints.map(({ algorithm, value }) => new RTCDtlsFingerprint(algorithm, value));
    this.#dtls.setRemoteParams(new RTCDtlsParameters(remote, setup === 'active' ? 'client' : 'server'));
    this.#dtls.role = setup === 'active' ? 'server' : 'client';
    for (const candidate of answer.candidates)
      await this.#ice.addRemoteCandidate(candidateFromSdp(candidate));
    await this.#ice.addRemoteCandidate(undefined);
    await withTimeout(this.#handshake(), timeoutMs, () => this.#progress());
  }

  /**
   * Encrypts one packet for `sendDatagram`; the numbers of one SSRC must go on without a gap, and a packet that
   * is sent again is encrypted once (RFC 3711 §9.1).
   *
   * @returns `undefined` when the connection is over
   */
  seal(header: RtpHeader, payload: Buffer): Buffer | undefined {
    return this.#dtls.state === 'connected' ? this.#dtls.srtp.encrypt(payload, header) : undefined;
  }

  /** Sends a sealed packet; sending never fails loudly, as on a network. */
  sendDatagram(datagram: Buffer): void {
    if (this.#dtls.state === 'connected') this.#ice.connection.send(datagram).catch(() => {});
  }

  /** Sends a compound packet. */
  sendRtcp(packets: RtcpPacket[]): void {
    if (this.#dtls.state === 'connected') this.#dtls.sendRtcp(packets).catch(() => {});
  }

  /** From now on the end is our own doing, whoever closes first. */
  leave(): void {
    this.#resolveEnded('closed-by-us');
  }

  /** Falls silent at once, without a word to the server. Idempotent. */
  async close(): Promise<void> {
    this.leave();
    const { dtls } = this.#dtls;
    // What waits to repeat a part of the handshake gives up.
    if (dtls !== undefined) dtls.dtls.flight = 100;
    await this.#dtls.stop();
  }

  async #handshake(): Promise<void> {
    // A DTLS server listens before ICE is done, so that the first hello is not lost.
    const listening = this.#dtls.role === 'server' ? this.#dtls.start() : undefined;
    const connected = this.#ice.start().then(() => listening ?? this.#dtls.start());
    await (listening === undefined ? connected : Promise.race([listening, connected]));
  }

  #progress(): string {
    return `ICE ${this.#ice.state}, DTLS ${this.#dtls.state}`;
  }
}

async function withTimeout(work: Promise<void>, timeoutMs: number, progress: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not connected after ${timeoutMs} ms: ${progress()}`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
