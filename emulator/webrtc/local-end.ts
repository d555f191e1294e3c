import { randomBytes, randomInt } from 'node:crypto';
import { type LocalDescription, type LocalIce, writeAnswer } from './answer.ts';
import type { AnswerPlan } from './answer-plan.ts';
import { certificateFor, type DtlsCertificate } from './certificate.ts';
import { FaultyEndpoint, type LineFaults } from './faulty-endpoint.ts';
import { hostAddresses } from './host-addresses.ts';
import { MediaTransport } from './media-transport.ts';
import type { Fingerprint } from './sdp-checks.ts';
import type { SharedUdpPort } from './shared-udp-port.ts';
import type { WebRtcOptions } from './types.ts';
import type { UdpEndpoint } from './udp-endpoint.ts';
import { UdpSockets } from './udp-sockets.ts';

/** Where our ends of sessions are. */
export interface LocalEndOptions extends WebRtcOptions {
  /** Missing: each session has ports of its own. */
  readonly sharedPort?: SharedUdpPort | undefined;
  /** Faults on purpose between the client and us; missing: nothing is in the packets' way. */
  readonly faults?: LineFaults | undefined;
}

/**
 * Our end of a session: ports, ICE credentials, certificate and names. It is there before the client is known,
 * so that an offer can be made of it, and it answers the client's checks from then on.
 */
export class LocalEnd {
  /** Of the session: random, unguessable, safe in a URL. */
  readonly id = randomBytes(18).toString('base64url');
  /** Our name in RTCP, the same for all our streams (RFC 3550 §6.5.1), and the media stream's id in SDP. */
  readonly cname = randomBytes(8).toString('hex');
  /** Our SSRC: of the audio we send, or of the reports on what we receive. */
  readonly ssrc = randomInt(2, 2 ** 32);
  /** The SSRC of the video we send. */
  readonly videoSsrc = (this.ssrc ^ 1) >>> 0;
  readonly transport: MediaTransport;
  readonly #endpoint: UdpEndpoint;
  readonly #certificate: DtlsCertificate;
  /** Of the `o=` line. */
  readonly #sdpSessionId = String(randomInt(1, 2 ** 47));

  private constructor(endpoint: UdpEndpoint, certificate: DtlsCertificate) {
    this.#endpoint = endpoint;
    this.#certificate = certificate;
    this.transport = new MediaTransport(endpoint, certificate);
  }

  /**
   * @param client the fingerprints in its offer; empty where the offer is ours
   * @throws Error where no port is free, TypeError for announced addresses that are none
   */
  static async open(options: LocalEndOptions, client: readonly Fingerprint[]): Promise<LocalEnd> {
    const addresses = hostAddresses(options.announcedAddresses);
    const certificate = await certificateFor(client);
    const endpoint =
      options.sharedPort?.share(addresses) ?? (await UdpSockets.open(addresses, options.udpPortRange));
    const { faults } = options;
    return new LocalEnd(faults === undefined ? endpoint : new FaultyEndpoint(endpoint, faults), certificate);
  }

  /** As they are now: an ICE restart changes the credentials. */
  get ice(): LocalIce {
    const { ufrag, pwd } = this.transport.ice;
    return { ufrag, pwd, candidates: this.#endpoint.candidates };
  }

  /** The SDP of these lines at this end. */
  describe(plan: Pick<AnswerPlan, 'lines' | 'bundle'>, setup: LocalDescription['setup']): string {
    return writeAnswer(plan, {
      sessionId: this.#sdpSessionId,
      ice: this.ice,
      fingerprint: this.#certificate.fingerprint,
      setup,
      sender: {
        cname: this.cname,
        streamId: this.cname,
        audioSsrc: this.ssrc,
        videoSsrc: this.videoSsrc,
      },
    });
  }

  /** Idempotent; resolves when the ports are free. */
  async close(): Promise<void> {
    await this.transport.close();
  }
}
