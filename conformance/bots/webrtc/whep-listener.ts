import {
  compactNtp,
  type RtcpPacket,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSrPacket,
  type RtpPacket,
} from 'werift';
import type { RtpAudioPacket } from '../../../media/rtp-audio-packet.ts';
import type { RtpVideoPacket } from '../../../media/rtp-video-packet.ts';
import { readAnswer } from './answer.ts';
import { isLoopbackUrl } from './loopback-url.ts';
import { offeredPayloadTypes } from './offer.ts';
import { type IceServer, Peer, type PeerEnd } from './peer.ts';
import { deleteSession, type PostedSession, type PostSdpOptions, postSdp, putTracks } from './post-sdp.ts';
import { ReceptionCount } from './reception-count.ts';
import { SequenceGaps } from './sequence-gaps.ts';
import { nack, pictureLoss } from './video-feedback.ts';

/** What a listener listens to, and how. */
export interface WhepListenerOptions extends PostSdpOptions {
  readonly iceServers?: readonly IceServer[];
  /** True: the offer has an H.264 line too, as the official player's has; default true. */
  readonly video?: boolean;
  /** Called for each audio packet from the first on; may be set later instead. */
  readonly onAudio?: (packet: RtpAudioPacket, arrivalMs: number) => void;
  /** Called for each H.264 packet from the first on; may be set later instead. */
  readonly onVideo?: (packet: RtpVideoPacket, arrivalMs: number) => void;
  readonly onSenderReport?: (report: HeardSenderReport) => void;
  /** From the answer to the end of the DTLS handshake; default 10000. */
  readonly timeoutMs?: number;
}

const receiverReportIntervalMs = 1000;
/** A server has two streams, and some more if it changes them. */
const maxSenders = 16;

/** A sender report as it came (RFC 3550 §6.4.1): which moment of the server's clock a timestamp stands for. */
export interface HeardSenderReport {
  readonly ssrc: number;
  /** 32.32 bits, seconds since 1900. */
  readonly ntpTimestamp: bigint;
  readonly rtpTimestamp: number;
}

/** A bot that listens, and watches if there is a picture, over WHEP. */
export class WhepListener {
  readonly session: PostedSession;
  /** Resolves once, when the connection is over, whoever ended it. */
  readonly ended: Promise<PeerEnd>;
  /** True where the server sends video. */
  readonly hasVideo: boolean;
  /** Called for each audio packet as it comes in, with the arrival time in ms (monotonic). */
  onAudio: ((packet: RtpAudioPacket, arrivalMs: number) => void) | undefined;
  /** Called for each H.264 packet as it comes in, like `onAudio`; those asked for again come late. */
  onVideo: ((packet: RtpVideoPacket, arrivalMs: number) => void) | undefined;
  onSenderReport: ((report: HeardSenderReport) => void) | undefined;
  readonly #peer: Peer;
  readonly #options: WhepListenerOptions;
  readonly #reports: NodeJS.Timeout;
  readonly #audioReception = new ReceptionCount();
  readonly #videoReception = new ReceptionCount();
  readonly #videoGaps = new SequenceGaps();
  #videoSsrc: number | undefined;
  /** By SSRC. */
  readonly #lastSenders = new Map<number, { readonly ntpMiddle: number; readonly arrivalMs: number }>();

  private constructor(peer: Peer, session: PostedSession, hasVideo: boolean, options: WhepListenerOptions) {
    this.session = session;
    this.ended = peer.ended;
    this.hasVideo = hasVideo;
    this.onAudio = options.onAudio;
    this.onVideo = options.onVideo;
    this.onSenderReport = options.onSenderReport;
    this.#peer = peer;
    this.#options = options;
    peer.onRtp = (packet, arrivalMs) => this.#receive(packet, arrivalMs);
    peer.onRtcp = (packet) => this.#receiveRtcp(packet);
    this.#reports = setInterval(() => this.#sendReport(), receiverReportIntervalMs);
    this.#reports.unref();
  }

  /**
   * Asks for the stream and waits until media can flow.
   *
   * @throws BotHttpError where the server refuses, Error where no connection comes about
   */
  static async connect(options: WhepListenerOptions): Promise<WhepListener> {
    const { url, iceServers = [], video = true, timeoutMs = 10000 } = options;
    const peer = await Peer.open({ iceServers, loopback: isLoopbackUrl(url) });
    try {
      const session = await postSdp(peer.offer('recvonly', video), options);
      const answer = readAnswer(session.answer);
      const listener = new WhepListener(peer, session, answer.video === 'sendonly', options);
      if (answer.audio !== 'sendonly')
        throw new Error(`the server sends no audio: ${answer.audio ?? 'refused'}`);
      await peer.connect(answer, timeoutMs);
      return listener;
    } catch (error) {
      await peer.close();
      throw error;
    }
  }

  /** `X-Sid` of the session. */
  get sid(): string | undefined {
    return this.session.sid;
  }

  /**
   * Asks for other tracks, `['a3']` or `['v1', 'a3']`; none at all means the server's choice.
   *
   * @returns the HTTP status of the answer, whatever it is
   */
  async selectTracks(tracks: readonly string[]): Promise<number> {
    return await putTracks(this.session.url, this.session.sid ?? '', tracks, this.#options);
  }

  /** Asks for a keyframe (PLI); nothing is asked before the first video packet. */
  requestKeyframe(): void {
    if (this.#videoSsrc !== undefined) this.#sendFeedback(pictureLoss(this.#peer.videoSsrc, this.#videoSsrc));
  }

  /**
   * Leaves: DELETE, then silence. Idempotent.
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

  /** Vanishes without a word. Idempotent. */
  async abandon(): Promise<void> {
    clearInterval(this.#reports);
    await this.#peer.close();
  }

  #receive({ header, payload }: RtpPacket, arrivalMs: number): void {
    const { ssrc, sequenceNumber, timestamp, marker } = header;
    if (header.payloadType === offeredPayloadTypes.h264) {
      this.#videoSsrc = ssrc;
      this.#videoReception.add(ssrc, sequenceNumber);
      const missing = this.#videoGaps.add(ssrc, sequenceNumber);
      if (missing.length > 0) this.#sendFeedback(nack(this.#peer.videoSsrc, ssrc, missing));
      this.onVideo?.({ ssrc, sequenceNumber, timestamp, marker, payload }, arrivalMs);
    } else if (header.payloadType === offeredPayloadTypes.opus && payload.length > 0) {
      this.#audioReception.add(ssrc, sequenceNumber);
      this.onAudio?.({ ssrc, sequenceNumber, timestamp, payload }, arrivalMs);
    }
  }

  #receiveRtcp(packet: RtcpPacket): void {
    if (!(packet instanceof RtcpSrPacket)) return;
    const { ssrc, senderInfo } = packet;
    const { ntpTimestamp, rtpTimestamp } = senderInfo;
    if (this.#lastSenders.size >= maxSenders && !this.#lastSenders.has(ssrc)) return;
    this.#lastSenders.set(ssrc, { ntpMiddle: compactNtp(ntpTimestamp), arrivalMs: performance.now() });
    this.onSenderReport?.({ ssrc, ntpTimestamp, rtpTimestamp });
  }

  /** Real players report, and servers measure the round trip by it. */
  #sendReport(): void {
    const reports = [this.#audioReception.report(), this.#videoReception.report()].flatMap((counted) => {
      if (counted === undefined) return [];
      const sender = this.#lastSenders.get(counted.ssrc);
      const delayMs = sender === undefined ? 0 : performance.now() - sender.arrivalMs;
      const dlsr = Math.round((delayMs * 65536) / 1000);
      return [new RtcpReceiverInfo({ ...counted, jitter: 0, lsr: sender?.ntpMiddle ?? 0, dlsr })];
    });
    this.#peer.sendRtcp([new RtcpRrPacket({ ssrc: this.#peer.audioSsrc, reports })]);
  }

  /** Feedback stands behind a report (RFC 4585 §3.1). */
  #sendFeedback(feedback: RtcpPacket): void {
    this.#peer.sendRtcp([new RtcpRrPacket({ ssrc: this.#peer.videoSsrc }), feedback]);
  }
}
