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
import type { ReceivedStatistics } from '../../report.ts';
import { ConnectedBot } from './connected-bot.ts';
import { Connection, type ConnectionOptions, signallings } from './connection.ts';
import { ReceptionCount } from './reception-count.ts';
import { SequenceGaps } from './sequence-gaps.ts';
import type { PlaySession, TrackChange } from './session.ts';
import { StreamStatistics } from './stream-statistics.ts';
import { nack, pictureLoss } from './video-feedback.ts';

/** What a listener listens to, and how. */
export interface ListenerOptions extends ConnectionOptions {
  /** True: it takes H.264 too, as the official player does; default true. */
  readonly video?: boolean;
  /** Called for each audio packet from the first on; may be set later instead. */
  readonly onAudio?: (packet: RtpAudioPacket, arrivalMs: number) => void;
  /** Called for each H.264 packet from the first on; may be set later instead. */
  readonly onVideo?: (packet: RtpVideoPacket, arrivalMs: number) => void;
  readonly onSenderReport?: (report: HeardSenderReport) => void;
}

/** A server has two streams, and some more if it changes them. */
const maxSenders = 16;

/** A sender report as it came (RFC 3550 §6.4.1): which moment of the server's clock a timestamp stands for. */
export interface HeardSenderReport {
  readonly ssrc: number;
  /** 32.32 bits, seconds since 1900. */
  readonly ntpTimestamp: bigint;
  readonly rtpTimestamp: number;
}

/** A bot that listens, and watches if there is a picture. */
export class Listener extends ConnectedBot<PlaySession> {
  /** True where the server sends video. */
  readonly hasVideo: boolean;
  /** Called for each audio packet as it comes in, with the arrival time in ms (monotonic). */
  onAudio: ((packet: RtpAudioPacket, arrivalMs: number) => void) | undefined;
  /** Called for each H.264 packet as it comes in, like `onAudio`; those asked for again come late. */
  onVideo: ((packet: RtpVideoPacket, arrivalMs: number) => void) | undefined;
  onSenderReport: ((report: HeardSenderReport) => void) | undefined;
  readonly #audioReception = new ReceptionCount();
  readonly #videoReception = new ReceptionCount();
  readonly #audioStatistics = new StreamStatistics(48000);
  readonly #videoStatistics = new StreamStatistics(90000);
  readonly #videoGaps = new SequenceGaps();
  #videoSsrc: number | undefined;
  /** By SSRC. */
  readonly #lastSenders = new Map<number, { readonly ntpMiddle: number; readonly arrivalMs: number }>();

  private constructor(connection: Connection<PlaySession>, options: ListenerOptions) {
    super(connection);
    const { peer, session } = connection;
    this.hasVideo = session.h264PayloadType !== undefined;
    this.onAudio = options.onAudio;
    this.onVideo = options.onVideo;
    this.onSenderReport = options.onSenderReport;
    peer.onRtp = (packet, arrivalMs) => this.#receive(packet, arrivalMs);
    peer.onRtcp = (packet) => this.#receiveRtcp(packet);
  }

  /**
   * Asks for the stream and waits until media can flow.
   *
   * @throws BotHttpError, SignallingError where the server refuses; Error where no connection comes about
   */
  static connect(options: ListenerOptions): Promise<Listener> {
    const { signalling = 'whip', video = true } = options;
    return Connection.open(
      options,
      (peer) => signallings[signalling].play(peer, options, video),
      (connection) => new Listener(connection, options),
    );
  }

  /** Where the server said that it can be reached, when the session was agreed on: values of `a=candidate`. */
  get serverCandidates(): readonly string[] {
    return this.session.transport.candidates;
  }

  /** Asks for other tracks, `['a3']` or `['v1', 'a3']`; none at all means the server's choice. */
  selectTracks(tracks: readonly string[]): Promise<TrackChange> {
    return this.session.selectTracks(tracks);
  }

  /** Counted since the first packet; missing where none has come. */
  get statistics(): { readonly audio?: ReceivedStatistics; readonly video?: ReceivedStatistics } {
    const audio = this.#audioStatistics.summary();
    const video = this.#videoStatistics.summary();
    return { ...(audio && { audio }), ...(video && { video }) };
  }

  /** Asks for a keyframe (PLI); nothing is asked before the first video packet. */
  requestKeyframe(): void {
    if (this.#videoSsrc !== undefined) this.#sendFeedback(pictureLoss(this.peer.videoSsrc, this.#videoSsrc));
  }

  #receive({ header, payload }: RtpPacket, arrivalMs: number): void {
    const { ssrc, sequenceNumber, timestamp, marker } = header;
    const { opusPayloadType, h264PayloadType } = this.session;
    const counted = { ssrc, sequenceNumber, timestamp, payloadBytes: payload.length };
    if (header.payloadType === h264PayloadType) {
      this.#videoSsrc = ssrc;
      this.#videoReception.add(ssrc, sequenceNumber);
      this.#videoStatistics.add(counted, arrivalMs);
      const missing = this.#videoGaps.add(ssrc, sequenceNumber);
      if (missing.length > 0) this.#sendFeedback(nack(this.peer.videoSsrc, ssrc, missing));
      this.onVideo?.({ ssrc, sequenceNumber, timestamp, marker, payload }, arrivalMs);
    } else if (header.payloadType === opusPayloadType && payload.length > 0) {
      this.#audioReception.add(ssrc, sequenceNumber);
      this.#audioStatistics.add(counted, arrivalMs);
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
  protected sendReport(): void {
    const received = [
      [this.#audioReception, this.#audioStatistics],
      [this.#videoReception, this.#videoStatistics],
    ] as const;
    const reports = received.flatMap(([reception, { jitter }]) => {
      const counted = reception.report();
      if (counted === undefined) return [];
      const sender = this.#lastSenders.get(counted.ssrc);
      const delayMs = sender === undefined ? 0 : performance.now() - sender.arrivalMs;
      const dlsr = Math.round((delayMs * 65536) / 1000);
      return [new RtcpReceiverInfo({ ...counted, jitter, lsr: sender?.ntpMiddle ?? 0, dlsr })];
    });
    this.peer.sendRtcp([new RtcpRrPacket({ ssrc: this.peer.audioSsrc, reports })]);
  }

  /** Feedback stands behind a report (RFC 4585 §3.1). */
  #sendFeedback(feedback: RtcpPacket): void {
    this.peer.sendRtcp([new RtcpRrPacket({ ssrc: this.peer.videoSsrc }), feedback]);
  }
}
