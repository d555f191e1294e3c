import { randomInt } from 'node:crypto';
import { type RtcpReceiverInfo, RtpHeader } from 'werift';
import { opusClockHz } from '../../media/opus-parameters.ts';
import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import { type ReadRtcp, roundTripMs, writeSenderReport } from './rtcp.ts';
import { SendClock } from './send-clock.ts';
import { openSession, Session, type SessionOptions, type SessionParts } from './session.ts';
import type { PlaySession, SessionStats } from './types.ts';

/** What a viewer's session can be told. */
export interface PlaySessionOptions extends SessionOptions {
  /** True: the offer must have an audio line with Opus. */
  readonly audio: boolean;
  /** Video lines are answered inactive for now. */
  readonly video: false;
}

/**
 * Answers a viewer's offer with one sendonly Opus line.
 *
 * @throws InvalidSdpError for an offer that cannot be used
 * @throws Error where no port is free
 */
export async function createPlaySession(
  offerSdp: string,
  options: PlaySessionOptions,
): Promise<SendingSession> {
  const wanted = { direction: 'sendonly', audio: options.audio, video: options.video } as const;
  return await openSession(offerSdp, wanted, options, (parts) => new SendingSession(parts));
}

/** A viewer's session. Made by `createPlaySession`. */
export class SendingSession extends Session implements PlaySession {
  readonly kind = 'play';
  readonly #payloadType: number | undefined;
  readonly #clock = new SendClock(randomInt(65536), randomInt(2 ** 32));
  #packets = 0;
  #bytes = 0;
  /** What the viewer last said of our audio. */
  #heard: { readonly report: RtcpReceiverInfo; readonly roundTripMs: number | undefined } | undefined;

  constructor(parts: SessionParts) {
    super(parts);
    this.#payloadType = parts.plan.audio?.codec?.payloadType;
  }

  /**
   * Sends one frame; dropped while not connected or without an audio line. After a pause of more than a
   * second the timestamps jump by the time that passed (see `SendClock`), so do not replay missed frames.
   */
  sendAudio({ payload, samplesAt48k }: EncodedAudioFrame): void {
    if (!this.connected || this.#payloadType === undefined) return;
    const numbers = this.#clock.next(samplesAt48k, performance.now());
    const header = new RtpHeader({ ...numbers, payloadType: this.#payloadType, ssrc: this.ssrc });
    this.transport.sendRtp(header, payload);
    this.#packets += 1;
    this.#bytes += payload.length;
  }

  override stats(): SessionStats {
    const { report, roundTripMs } = this.#heard ?? {};
    return {
      packets: this.#packets,
      bytes: this.#bytes,
      packetsLost: Math.max(0, report?.packetsLost ?? 0),
      jitterMs: ((report?.jitter ?? 0) * 1000) / opusClockHz,
      ...(roundTripMs === undefined ? {} : { roundTripMs }),
    };
  }

  protected override receiveRtp(): void {
    // A viewer has nothing to send; the packet still counted as a sign of life.
  }

  protected override receiveRtcp({ reports }: ReadRtcp): void {
    const report = reports.find(({ ssrc }) => ssrc === this.ssrc);
    if (report === undefined) return;
    this.#heard = { report, roundTripMs: roundTripMs(report, wallClockMs()) ?? this.#heard?.roundTripMs };
  }

  protected override sendReport(): void {
    const rtpTimestamp = this.#clock.timestampAt(performance.now());
    if (rtpTimestamp === undefined) return;
    this.transport.sendRtcp(
      writeSenderReport({
        ssrc: this.ssrc,
        cname: this.cname,
        wallClockMs: wallClockMs(),
        rtpTimestamp,
        packets: this.#packets,
        bytes: this.#bytes,
      }),
    );
  }
}

/** Milliseconds since 1970 that never step back while the process runs. */
function wallClockMs(): number {
  return performance.timeOrigin + performance.now();
}
