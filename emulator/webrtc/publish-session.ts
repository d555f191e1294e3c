import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { ReceiveStatistics } from './receive-statistics.ts';
import { type ReadRtcp, writeReceiverReport } from './rtcp.ts';
import type { RtpPacket } from './rtp-packet.ts';
import { openSession, Session, type SessionOptions, type SessionParts } from './session.ts';
import type { PublishSession, SessionStats } from './types.ts';

const defaultSilenceTimeoutMs = 10000;

/**
 * Answers a publisher's offer: Opus, and H.264 where it is offered with packetization-mode 1. The session
 * gives itself up when nothing comes.
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
  onAudio: ((packet: RtpAudioPacket, arrivalMs: number) => void) | undefined;
  /** Called for each H.264 packet (RFC 6184) as it comes in, like `onAudio`; they are dropped without it. */
  onVideo: ((packet: RtpPacket, arrivalMs: number) => void) | undefined;
  readonly #audioPayloadType: number | undefined;
  readonly #videoPayloadType: number | undefined;
  readonly #statistics = new ReceiveStatistics();
  #lastMediaMs: number | undefined;
  /** The sender report heard last, which ours answers. */
  #lastSender: { readonly ssrc: number; readonly ntpMiddle: number; readonly arrivalMs: number } | undefined;

  constructor(parts: SessionParts) {
    super(parts, parts.options.silenceTimeoutMs ?? defaultSilenceTimeoutMs);
    this.#audioPayloadType = parts.plan.audio?.codec?.payloadType;
    this.#videoPayloadType = parts.plan.video?.codec?.payloadType;
    this.hasVideo = parts.plan.video !== undefined;
  }

  override stats(): SessionStats {
    const { packets, bytes, packetsLost, jitterMs } = this.#statistics;
    return { packets, bytes, packetsLost, jitterMs };
  }

  protected override get lastMediaMs(): number | undefined {
    return this.#lastMediaMs;
  }

  protected override receiveRtp(packet: RtpPacket, arrivalMs: number): void {
    this.#lastMediaMs = arrivalMs;
    if (packet.payloadType === this.#videoPayloadType) {
      this.onVideo?.(packet, arrivalMs);
      return;
    }
    // Padding alone is sent to probe the line; other payload types were not agreed on.
    if (packet.payloadType !== this.#audioPayloadType || packet.payload.length === 0) return;
    this.#statistics.add(packet, arrivalMs);
    this.onAudio?.(packet, arrivalMs);
  }

  protected override receiveRtcp({ senders }: ReadRtcp, arrivalMs: number): void {
    for (const sender of senders) this.#lastSender = { ...sender, arrivalMs };
  }

  protected override sendReport(): void {
    const report = this.#statistics.report();
    const sender = this.#lastSender?.ssrc === report?.ssrc ? this.#lastSender : undefined;
    const heard = sender && { ntpMiddle: sender.ntpMiddle, agoMs: performance.now() - sender.arrivalMs };
    this.transport.sendRtcp(writeReceiverReport(this.ssrc, this.cname, report, heard));
  }
}
