import { opusClockHz } from '../../media/opus-parameters.ts';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { type RtpVideoPacket, videoClockHz } from '../../media/rtp-video-packet.ts';
import { takesFeedback } from './answer-plan.ts';
import { ReceivedStream } from './received-stream.ts';
import { type ReadRtcp, writeReceiverReport } from './rtcp.ts';
import { writeMaximumBitrate, writeNack, writePictureLoss } from './rtcp-feedback.ts';
import type { RtpPacket } from './rtp-packet.ts';
import { openSession, Session, type SessionOptions, type SessionParts } from './session.ts';
import { readSpropParameterSets } from './sprop-parameter-sets.ts';
import type { PublishSession, SessionStats } from './types.ts';

const defaultSilenceTimeoutMs = 10000;
const defaultMaxBitrateKbps = 2500;

/**
 * Answers a publisher's offer: Opus, and H.264 where it is offered, with packetization-mode 1 if it can be had.
 * The session gives itself up when nothing comes.
 *
 * @throws InvalidSdpError for an offer that cannot be used
 * @throws Error where no port is free
 */
export async function createPublishSession(
  offerSdp: string,
  options: SessionOptions = {},
): Promise<ReceivingSession> {
  const wanted = { direction: 'recvonly', audio: true, video: true } as const;
  return await openSession(offerSdp, wanted, options, (parts) => new ReceivingSession(parts));
}

/** A publisher's session. Made by `createPublishSession`. */
export class ReceivingSession extends Session implements PublishSession {
  readonly kind = 'publish';
  readonly hasVideo: boolean;
  readonly videoParameterSets: readonly Buffer[];
  onAudio: ((packet: RtpAudioPacket, arrivalMs: number) => void) | undefined;
  onVideo: ((packet: RtpVideoPacket, arrivalMs: number) => void) | undefined;
  readonly #audio: ReceivedStream;
  readonly #video: ReceivedStream;
  readonly #maxBitrateKbps: number;
  /** False where the publisher did not offer to listen to it. */
  readonly #saysMaxBitrate: boolean;
  #lastMediaMs: number | undefined;

  constructor(parts: SessionParts) {
    super(parts, parts.options.silenceTimeoutMs ?? defaultSilenceTimeoutMs);
    const { audio, video } = parts.plan;
    this.#maxBitrateKbps = parts.options.maxBitrateKbps ?? defaultMaxBitrateKbps;
    this.#saysMaxBitrate = video !== undefined && takesFeedback(video, 'goog-remb');
    this.#audio = new ReceivedStream(audio, opusClockHz);
    this.#video = new ReceivedStream(video, videoClockHz);
    this.hasVideo = video !== undefined;
    this.videoParameterSets = readSpropParameterSets(video?.codec?.parameters.get('sprop-parameter-sets'));
  }

  override stats(): SessionStats {
    const [audio, video] = [this.#audio.statistics, this.#video.statistics];
    return {
      packets: audio.packets + video.packets,
      bytes: audio.bytes + video.bytes,
      packetsLost: audio.packetsLost + video.packetsLost,
      jitterMs: audio.jitterMs,
    };
  }

  requestKeyframe(): void {
    const mediaSsrc = this.#video.ssrc;
    if (mediaSsrc !== undefined) this.#sendFeedback(writePictureLoss(this.ssrc, mediaSsrc));
  }

  requestPackets(sequenceNumbers: readonly number[]): void {
    const mediaSsrc = this.#video.ssrc;
    if (mediaSsrc === undefined || sequenceNumbers.length === 0) return;
    this.#sendFeedback(writeNack(this.ssrc, mediaSsrc, sequenceNumbers));
  }

  protected override get lastMediaMs(): number | undefined {
    return this.#lastMediaMs;
  }

  protected override receiveRtp(packet: RtpPacket, arrivalMs: number): void {
    this.#lastMediaMs = arrivalMs;
    if (packet.payloadType === this.#video.payloadType) {
      // Padding alone counts too: its sequence numbers stand between those of pictures.
      const isFirst = this.#video.ssrc !== packet.ssrc;
      this.#video.add(packet, arrivalMs);
      if (isFirst) this.#sayMaxBitrate();
      this.onVideo?.(packet, arrivalMs);
      return;
    }
    // Padding alone is sent to probe the line; other payload types were not agreed on.
    if (packet.payloadType !== this.#audio.payloadType || packet.payload.length === 0) return;
    this.#audio.add(packet, arrivalMs);
    this.onAudio?.(packet, arrivalMs);
  }

  protected override receiveRtcp({ senders }: ReadRtcp, arrivalMs: number): void {
    this.#audio.heard(senders, arrivalMs);
    this.#video.heard(senders, arrivalMs);
  }

  protected override sendReport(): void {
    const nowMs = performance.now();
    const receptions = [...this.#audio.reception(nowMs), ...this.#video.reception(nowMs)];
    this.transport.sendRtcp(writeReceiverReport(this.ssrc, this.cname, receptions));
    this.#sayMaxBitrate();
  }

  /**
   * Browsers begin with 300 kbit/s and take a minute to get to a good picture, unless they are told within the
   * first two seconds how much they may send.
   */
  #sayMaxBitrate(): void {
    const { ssrc } = this.#video;
    if (ssrc === undefined || !this.#saysMaxBitrate) return;
    this.#sendFeedback(writeMaximumBitrate(this.ssrc, [ssrc], this.#maxBitrateKbps * 1000));
  }

  /** Feedback stands behind a report (RFC 4585 §3.1); an empty one changes nothing at the sender. */
  #sendFeedback(feedback: Buffer): void {
    const report = writeReceiverReport(this.ssrc, this.cname);
    this.transport.sendRtcp(Buffer.concat([report, feedback]));
  }
}
