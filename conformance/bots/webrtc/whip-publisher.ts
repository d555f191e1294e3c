import { randomInt } from 'node:crypto';
import {
  ntpTime,
  RtcpSenderInfo,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  RtpHeader,
  SourceDescriptionChunk,
  SourceDescriptionItem,
} from 'werift';
import { readAnswer } from './answer.ts';
import { ImpairedLine, type Impairments } from './impairments.ts';
import { isLoopbackUrl } from './loopback-url.ts';
import { offeredPayloadTypes } from './offer.ts';
import { type IceServer, Peer, type PeerEnd } from './peer.ts';
import { deleteSession, type PostedSession, type PostSdpOptions, postSdp } from './post-sdp.ts';

/** Where a publisher publishes, and how. */
export interface WhipPublisherOptions extends PostSdpOptions {
  readonly iceServers?: readonly IceServer[];
  /** True: the offer has an H.264 line too; default false. */
  readonly video?: boolean;
  readonly impairments?: Impairments;
  /** From the answer to the end of the DTLS handshake; default 10000. */
  readonly timeoutMs?: number;
}

const senderReportIntervalMs = 1000;

/** A bot that publishes Opus over WHIP (RFC 9725). */
export class WhipPublisher {
  readonly session: PostedSession;
  /** Resolves once, when the connection is over, whoever ended it. */
  readonly ended: Promise<PeerEnd>;
  /** True where the server takes video. */
  readonly hasVideo: boolean;
  readonly #peer: Peer;
  readonly #options: WhipPublisherOptions;
  readonly #line: ImpairedLine<{ header: RtpHeader; payload: Buffer }>;
  readonly #reports: NodeJS.Timeout;
  #sequenceNumber = randomInt(65536);
  #timestamp = randomInt(2 ** 32);
  #marker = true;
  #packets = 0;
  #bytes = 0;

  private constructor(peer: Peer, session: PostedSession, hasVideo: boolean, options: WhipPublisherOptions) {
    this.session = session;
    this.ended = peer.ended;
    this.hasVideo = hasVideo;
    this.#peer = peer;
    this.#options = options;
    this.#line = new ImpairedLine(options.impairments ?? {}, ({ header, payload }) =>
      peer.sendRtp(header, payload),
    );
    this.#reports = setInterval(() => this.#sendReport(), senderReportIntervalMs);
    this.#reports.unref();
  }

  /**
   * Publishes and waits until media can flow.
   *
   * @throws BotHttpError where the server refuses, Error where no connection comes about
   */
  static async connect(options: WhipPublisherOptions): Promise<WhipPublisher> {
    const { url, iceServers = [], video = false, timeoutMs = 10000 } = options;
    const peer = await Peer.open({ iceServers, loopback: isLoopbackUrl(url) });
    try {
      const session = await postSdp(peer.offer('sendonly', video), options);
      const answer = readAnswer(session.answer);
      if (answer.audio !== 'recvonly')
        throw new Error(`the server does not take the audio: ${answer.audio ?? 'refused'}`);
      await peer.connect(answer, timeoutMs);
      return new WhipPublisher(peer, session, answer.video === 'recvonly', options);
    } catch (error) {
      await peer.close();
      throw error;
    }
  }

  /** `X-Sid` of the session. */
  get sid(): string | undefined {
    return this.session.sid;
  }

  /** Sends one Opus packet; sequence numbers and timestamps go on by themselves, for dropped ones too. */
  sendOpus(payload: Buffer, samplesAt48k: number): void {
    const header = new RtpHeader({
      payloadType: offeredPayloadTypes.opus,
      sequenceNumber: this.#sequenceNumber,
      timestamp: this.#timestamp,
      ssrc: this.#peer.audioSsrc,
      marker: this.#marker,
    });
    this.#sequenceNumber = (this.#sequenceNumber + 1) % 65536;
    this.#timestamp = (this.#timestamp + samplesAt48k) % 2 ** 32;
    this.#marker = false;
    this.#packets += 1;
    this.#bytes += payload.length;
    this.#line.push({ header, payload });
  }

  /** Keeps packets back from now on, like a line that hangs. */
  hold(): void {
    this.#line.hold();
  }

  /** Sends what `hold` kept back, all at once, and goes on. */
  release(): void {
    this.#line.release();
  }

  /**
   * Leaves as RFC 9725 has it: DELETE, then silence. Idempotent.
   *
   * @throws BotHttpError where the server refuses the DELETE; the connection is closed all the same
   */
  async close(): Promise<void> {
    this.#peer.leave();
    try {
      if (this.session.location !== undefined) await deleteSession(this.session.location, this.#options);
    } finally {
      await this.abandon();
    }
  }

  /** Vanishes without a word, like a client whose network is gone. Idempotent. */
  async abandon(): Promise<void> {
    clearInterval(this.#reports);
    await this.#peer.close();
  }

  #sendReport(): void {
    if (this.#packets === 0) return;
    const { audioSsrc: ssrc, cname } = this.#peer;
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp: ntpTime(),
      rtpTimestamp: this.#timestamp,
      packetCount: this.#packets,
      octetCount: this.#bytes,
    });
    const items = [new SourceDescriptionItem({ type: 1, text: cname })];
    this.#peer.sendRtcp([
      new RtcpSrPacket({ ssrc, senderInfo }),
      new RtcpSourceDescriptionPacket({ chunks: [new SourceDescriptionChunk({ source: ssrc, items })] }),
    ]);
  }
}
