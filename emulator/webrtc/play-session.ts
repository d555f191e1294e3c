import { randomInt } from 'node:crypto';
import { opusClockHz } from '../../media/opus-parameters.ts';
import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import type { EncodedVideoFrame } from '../../media/rtp-video-packet.ts';
import { type ReadRtcp, writeSenderReport } from './rtcp.ts';
import { SendClock } from './send-clock.ts';
import { SentHistory } from './sent-history.ts';
import { SentStream } from './sent-stream.ts';
import { openSession, Session, type SessionOptions, type SessionParts } from './session.ts';
import type { PlaySession, SessionStats } from './types.ts';
import { VideoClock } from './video-clock.ts';

/** What a viewer's session can be told. */
export interface PlaySessionOptions extends SessionOptions {
  /** True: the offer must have an audio line with Opus. */
  readonly audio: boolean;
  /** True: a video line with H.264, packetization-mode 1, is taken if there is one; false: it is inactive. */
  readonly video: boolean;
}

/** Sequence numbers begin in the lower half, so that a first packet that is lost hides no wrap (RFC 3711 §3.3.1). */
const firstSequenceNumbers = 32768;

/**
 * Answers a viewer's offer with one sendonly Opus line and, where wanted and offered, one of H.264.
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
  readonly hasVideo: boolean;
  onKeyframeRequest: (() => void) | undefined;
  readonly #audio: SentStream;
  readonly #audioClock = new SendClock(randomInt(firstSequenceNumbers), randomInt(2 ** 32));
  readonly #video: SentStream;
  readonly #videoClock = new VideoClock(randomInt(2 ** 32));
  readonly #videoHistory = new SentHistory();
  #videoSequenceNumber = randomInt(firstSequenceNumbers);

  constructor(parts: SessionParts) {
    super(parts);
    const { audio, video } = parts.plan;
    this.#audio = new SentStream(this.transport, this.ssrc, audio?.codec?.payloadType);
    this.#video = new SentStream(this.transport, this.videoSsrc, video?.codec?.payloadType);
    this.hasVideo = video !== undefined;
  }

  /**
   * Sends one frame; dropped while not connected or without an audio line. After a pause of more than a
   * second the timestamps jump by the time that passed (see `SendClock`), so do not replay missed frames.
   */
  sendAudio({ payload, samplesAt48k }: EncodedAudioFrame): void {
    if (!this.connected || this.#audio.payloadType === undefined) return;
    this.#audio.send(this.#audioClock.next(samplesAt48k, performance.now()), payload);
  }

  sendVideo({ payloads, timestamp90k }: EncodedVideoFrame): void {
    if (!this.connected || !this.hasVideo || payloads.length === 0) return;
    const timestamp = this.#videoClock.next(timestamp90k, performance.now());
    for (const [index, payload] of payloads.entries()) {
      const sequenceNumber = this.#videoSequenceNumber;
      this.#videoSequenceNumber = (sequenceNumber + 1) % 65536;
      const marker = index === payloads.length - 1;
      const datagram = this.#video.send({ sequenceNumber, timestamp, marker }, payload);
      if (datagram !== undefined) this.#videoHistory.add(sequenceNumber, datagram);
    }
  }

  override stats(): SessionStats {
    const [audio, video] = [this.#audio, this.#video];
    const lost = ({ heard }: SentStream) => Math.max(0, heard?.packetsLost ?? 0);
    const roundTripMs = audio.roundTripMs ?? video.roundTripMs;
    return {
      packets: audio.packets + video.packets,
      bytes: audio.bytes + video.bytes,
      packetsLost: lost(audio) + lost(video),
      jitterMs: ((audio.heard?.jitter ?? 0) * 1000) / opusClockHz,
      ...(roundTripMs === undefined ? {} : { roundTripMs }),
    };
  }

  protected override connectedNow(): void {
    if (this.hasVideo) this.onKeyframeRequest?.();
  }

  protected override receiveRtp(): void {
    // A viewer has nothing to send; the packet still counted as a sign of life.
  }

  protected override receiveRtcp({ reports, keyframeRequests, missing }: ReadRtcp, arrivalMs: number): void {
    this.#audio.receive(reports, wallClockMs());
    this.#video.receive(reports, wallClockMs());
    for (const { ssrc, sequenceNumbers } of missing) {
      if (ssrc === this.videoSsrc) this.#sendAgain(sequenceNumbers, arrivalMs);
    }
    if (this.hasVideo && keyframeRequests.includes(this.videoSsrc)) this.onKeyframeRequest?.();
  }

  /** One moment and one name for both tracks: what players need to keep them together. */
  protected override sendReport(): void {
    const nowMs = performance.now();
    const timeMs = wallClockMs(nowMs);
    const reports = [
      ...this.#audio.report(this.cname, timeMs, this.#audioClock.timestampAt(nowMs)),
      ...this.#video.report(this.cname, timeMs, this.#videoClock.timestampAt(nowMs)),
    ];
    for (const report of reports) this.transport.sendRtcp(writeSenderReport(report));
  }

  #sendAgain(sequenceNumbers: readonly number[], nowMs: number): void {
    for (const sequenceNumber of sequenceNumbers) {
      const datagram = this.#videoHistory.take(sequenceNumber, nowMs);
      if (datagram !== undefined) this.transport.resend(datagram);
    }
  }
}

/** Milliseconds since 1970 that never step back while the process runs. */
function wallClockMs(nowMs = performance.now()): number {
  return performance.timeOrigin + nowMs;
}
