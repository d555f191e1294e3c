import { randomBytes, randomInt } from 'node:crypto';
import {
  candidateFromSdp,
  candidateToSdp,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
  type RtcpPacket,
  type RtpHeader,
  type RtpPacket,
} from 'werift';
import type { TurnServer } from '../turn-server.ts';
import { NotReachedError } from './not-reached-error.ts';
import { writeOffer } from './offer.ts';
import { relayOptions, releaseRelays } from './relay.ts';
import type { RemoteTransport } from './remote-transport.ts';
import type { LocalTransport } from './server-offer.ts';

/** How a bot reaches its server. */
export interface PeerOptions {
  /** Everything goes through it; missing: bots and server see each other. */
  readonly turn?: TurnServer | undefined;
  /** True: the server is on this machine, loopback is enough. */
  readonly loopback: boolean;
  /** For all candidates to be there. */
  readonly timeoutMs: number;
}

/** Why a bot's connection is over. */
export type PeerEnd = 'closed-by-us' | 'closed-by-server' | 'connection-lost';

/** What a peer is told of the server that it is to connect to. */
export interface PeerConnect {
  readonly transport: RemoteTransport;
  /** True: this end chooses the pair of candidates (RFC 8445 §6.1.1). */
  readonly iceControlling: boolean;
  /** True: candidates may come later, by `addCandidate`. */
  readonly trickles: boolean;
}

/** Each is tried from every local address: a server that names more is not served better. */
const maxRemoteCandidates = 32;
/** Of those, in a message. */
const shownAddresses = 4;

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
  readonly #remoteCandidates = new Set<string>();
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

  /**
   * Opens the port and gathers candidates.
   * @throws Error where the TURN server gives no relay
   */
  static async open({ turn, loopback, timeoutMs }: PeerOptions): Promise<Peer> {
    const gatherer = new RTCIceGatherer({
      ...(turn && relayOptions(turn)),
      useIpv4: !loopback,
      useIpv6: false,
      ...(loopback ? { additionalHostAddresses: ['127.0.0.1'] } : {}),
    });
    // Without this a public STUN server would be asked, and waited for.
    delete gatherer.connection.stunServer;
    const ice = new RTCIceTransport(gatherer);
    // One certificate for all bots of the process: making one takes some milliseconds.
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const dtls = new RTCDtlsTransport({ debug: {} }, ice, certificate, srtpProfiles);
    const peer = new Peer(ice, dtls, certificate.getFingerprints()[0]?.value ?? '');
    try {
      await withTimeout(gatherer.gather(), timeoutMs, (late) => new Error(`${late}: no candidates`));
      if (ice.localCandidates.length === 0) throw new Error('no candidates');
    } catch (error) {
      await peer.close();
      // Why, is not told: a relay that is refused is asked for again and again.
      if (turn === undefined) throw error;
      throw new Error(`${turn.url} gives no relay: is it there, and are user and password right?`, {
        cause: error,
      });
    }
    return peer;
  }

  /** The offer with all candidates. */
  offer(direction: 'sendonly' | 'recvonly', video: boolean): string {
    return writeOffer({
      ...this.localTransport(),
      direction,
      video,
      cname: this.cname,
      audioSsrc: this.audioSsrc,
      videoSsrc: this.videoSsrc,
    });
  }

  /** This end of the transport, with all candidates. */
  localTransport(): LocalTransport {
    const { usernameFragment, password } = this.#ice.localParameters;
    return {
      iceUfrag: usernameFragment,
      icePwd: password,
      candidates: this.#ice.localCandidates.map((candidate) => candidateToSdp(candidate)),
      fingerprint: this.#fingerprint,
    };
  }

  /**
   * Connects to what the server has said of itself.
   *
   * @throws Error where that fails, NotReachedError where it takes longer than `timeoutMs`
   */
  async connect({ transport, iceControlling, trickles }: PeerConnect, timeoutMs: number): Promise<void> {
    this.#ice.connection.iceControlling = iceControlling;
    const { iceLite, iceUfrag, icePwd, fingerprints, setup } = transport;
    this.#ice.setRemoteParams({ iceLite, usernameFragment: iceUfrag, password: icePwd });
    const remote = fingerprints.map(({ algorithm, value }) => new RTCDtlsFingerprint(algorithm, value));
    this.#dtls.setRemoteParams(new RTCDtlsParameters(remote, setup === 'active' ? 'client' : 'server'));
    this.#dtls.role = setup === 'active' ? 'server' : 'client';
    for (const candidate of transport.candidates) await this.addCandidate(candidate);
    if (!trickles) await this.#ice.addRemoteCandidate(undefined);
    await withTimeout(
      this.#handshake(),
      timeoutMs,
      (late) => new NotReachedError('media', `${late}: ${this.#progress()}`),
    );
  }

  /**
   * Takes one more candidate of the server, before or after `connect`; one that cannot be read is left out, and so
   * are those beyond a number that no server needs.
   * @param candidate the value of `a=candidate`
   */
  async addCandidate(candidate: string): Promise<void> {
    if (this.#remoteCandidates.has(candidate) || this.#remoteCandidates.size >= maxRemoteCandidates) return;
    this.#remoteCandidates.add(candidate);
    try {
      await this.#ice.addRemoteCandidate(candidateFromSdp(candidate));
    } catch {
      // The others may do.
    }
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

  /** The server has said that it is over. */
  endedByServer(): void {
    this.#resolveEnded('closed-by-server');
  }

  /** Falls silent at once, without a word to the server. Idempotent. */
  async close(): Promise<void> {
    this.leave();
    const { dtls } = this.#dtls;
    // What waits to repeat a part of the handshake gives up.
    if (dtls !== undefined) dtls.dtls.flight = 100;
    await releaseRelays(this.#ice.connection);
    await this.#dtls.stop();
  }

  async #handshake(): Promise<void> {
    // A DTLS server listens before ICE is done, so that the first hello is not lost.
    const listening = this.#dtls.role === 'server' ? this.#dtls.start() : undefined;
    const connected = this.#ice.start().then(() => listening ?? this.#dtls.start());
    await (listening === undefined ? connected : Promise.race([listening, connected]));
  }

  #progress(): string {
    const states = `ICE ${this.#ice.state}, DTLS ${this.#dtls.state}`;
    if (this.#ice.state !== 'checking') return states;
    const addresses = [...this.#remoteCandidates].flatMap((candidate) => {
      const [, , , , host, port] = candidate.split(' ');
      return host === undefined ? [] : [`${host}:${port}`];
    });
    const named = addresses.slice(0, shownAddresses).join(', ') || 'no address at all';
    return `${states}; the server names ${named}, and nothing comes back from there`;
  }
}

async function withTimeout(
  work: Promise<void>,
  timeoutMs: number,
  lateError: (late: string) => Error,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lateError(`not connected after ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
