import { randomInt } from 'node:crypto';
import type { RtcpPacket } from 'werift';
import { ConnectedBot } from './connected-bot.ts';
import { Connection, type ConnectionOptions, signallings } from './connection.ts';
import { ImpairedLine, type Impairments } from './impairments.ts';
import { offeredPayloadTypes } from './offer.ts';
import { SendStream } from './send-stream.ts';
import { askedAgain, asksForKeyframe } from './video-feedback.ts';

/** Where a publisher publishes, and how. */
export interface PublisherOptions extends ConnectionOptions {
  /** True: the offer has an H.264 line too; default false. */
  readonly video?: boolean;
  readonly impairments?: Impairments;
}

/** How many video packets can be asked for again: a second and more. */
const historyPackets = 512;

/** A bot that publishes Opus, and H.264 if told to. */
export class Publisher extends ConnectedBot {
  /** True where the server takes video. */
  readonly hasVideo: boolean;
  /** Called when the server asks for a keyframe. */
  onKeyframeRequest: (() => void) | undefined;
  readonly #audio: SendStream;
  readonly #audioLine: ImpairedLine<Buffer>;
  readonly #video: SendStream;
  readonly #videoLine: ImpairedLine<Buffer>;
  /** Sealed video packets by the remainder of their sequence numbers. */
  readonly #videoHistory: ({ sequenceNumber: number; datagram: Buffer } | undefined)[] = [];
  #audioTimestamp = randomInt(2 ** 32);
  #marker = true;

  private constructor(connection: Connection, { impairments = {} }: PublisherOptions) {
    super(connection);
    const { peer, session } = connection;
    this.hasVideo = session.h264PayloadType !== undefined;
    const { cname, audioSsrc, videoSsrc } = peer;
    this.#audio = new SendStream({
      ssrc: audioSsrc,
      payloadType: session.opusPayloadType,
      clockHz: 48000,
      cname,
      firstSequenceNumber: randomInt(65536),
    });
    this.#video = new SendStream({
      ssrc: videoSsrc,
      payloadType: session.h264PayloadType ?? offeredPayloadTypes.h264,
      clockHz: 90000,
      cname,
      // In the lower half, so that a first packet that is lost hides no wrap (RFC 3711 §3.3.1).
      firstSequenceNumber: randomInt(32768),
    });
    const send = (datagram: Buffer) => peer.sendDatagram(datagram);
    this.#audioLine = new ImpairedLine(impairments, send);
    this.#videoLine = new ImpairedLine({ ...impairments, seed: (impairments.seed ?? 1) + 1 }, send);
    peer.onRtcp = (packet) => this.#receiveRtcp(packet);
  }

  /**
   * Publishes and waits until media can flow.
   *
   * @throws BotHttpError, SignallingError where the server refuses; Error where no connection comes about
   */
  static connect(options: PublisherOptions): Promise<Publisher> {
    const { signalling = 'whip', video = false } = options;
    return Connection.open(
      options,
      (peer) => signallings[signalling].publish(peer, options, video),
      (connection) => new Publisher(connection, options),
    );
  }

  /** What was sent since the start, lost on purpose or not; packets that were sent again count once. */
  get sent(): { readonly audio: SendStream['sent']; readonly video: SendStream['sent'] } {
    return { audio: this.#audio.sent, video: this.#video.sent };
  }

  /** Sends one Opus packet; sequence numbers and timestamps go on by themselves, for dropped ones too. */
  sendOpus(payload: Buffer, samplesAt48k: number): void {
    const header = this.#audio.next(this.#audioTimestamp, this.#marker, payload.length);
    this.#audioTimestamp = (this.#audioTimestamp + samplesAt48k) % 2 ** 32;
    this.#marker = false;
    // A packet is sent when its last sample has been spoken.
    this.#audio.setMoment(this.#audioTimestamp);
    const datagram = this.peer.seal(header, payload);
    if (datagram !== undefined) this.#audioLine.push(datagram);
  }

  /**
   * Sends one picture, in the moment in which it is taken: that is what sender reports say.
   *
   * @param payloads H.264 payloads (RFC 6184) in order; the last one gets the marker
   * @param timestamp90k whole, wrapping or not
   */
  sendVideo(payloads: readonly Buffer[], timestamp90k: number): void {
    const timestamp = timestamp90k % 2 ** 32;
    this.#video.setMoment(timestamp);
    for (const [index, payload] of payloads.entries()) {
      const header = this.#video.next(timestamp, index === payloads.length - 1, payload.length);
      const datagram = this.peer.seal(header, payload);
      if (datagram === undefined) return;
      const { sequenceNumber } = header;
      this.#videoHistory[sequenceNumber % historyPackets] = { sequenceNumber, datagram };
      this.#videoLine.push(datagram);
    }
  }

  /** Keeps packets back from now on, like a line that hangs. */
  hold(): void {
    this.#audioLine.hold();
    this.#videoLine.hold();
  }

  /** Sends what `hold` kept back, all at once, and goes on. */
  release(): void {
    this.#audioLine.release();
    this.#videoLine.release();
  }

  #receiveRtcp(packet: RtcpPacket): void {
    const { videoSsrc } = this.peer;
    for (const sequenceNumber of askedAgain(packet, videoSsrc)) {
      const kept = this.#videoHistory[sequenceNumber % historyPackets];
      if (kept?.sequenceNumber === sequenceNumber) this.#videoLine.pushAgain(kept.datagram);
    }
    if (asksForKeyframe(packet, videoSsrc)) this.onKeyframeRequest?.();
  }

  protected sendReport(): void {
    for (const report of [this.#audio.report(), this.#video.report()]) {
      if (report.length > 0) this.peer.sendRtcp(report);
    }
  }
}
