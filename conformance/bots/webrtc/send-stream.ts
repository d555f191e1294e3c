import {
  type RtcpPacket,
  RtcpSenderInfo,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  RtpHeader,
  SourceDescriptionChunk,
  SourceDescriptionItem,
} from 'werift';

const unixToNtpSeconds = 2208988800;

/** One track that a bot sends. */
export interface SendStreamOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly clockHz: number;
  /** The same for all tracks of a bot, so that receivers play them together (RFC 3550 §6.5.1). */
  readonly cname: string;
  readonly firstSequenceNumber: number;
}

/** Numbers the packets of one track, counts them, and reports on them. */
export class SendStream {
  readonly #options: SendStreamOptions;
  #sequenceNumber: number;
  #packets = 0;
  #bytes = 0;
  /** The RTP timestamp of a moment (ms, monotonic). */
  #moment: { readonly timestamp: number; readonly atMs: number } | undefined;

  constructor(options: SendStreamOptions) {
    this.#options = options;
    this.#sequenceNumber = options.firstSequenceNumber;
  }

  /** Packets, and bytes of their payloads, since the start. */
  get sent(): { readonly packets: number; readonly bytes: number } {
    return { packets: this.#packets, bytes: this.#bytes };
  }

  /** The header of the next packet. */
  next(timestamp: number, marker: boolean, payloadBytes: number): RtpHeader {
    const { ssrc, payloadType } = this.#options;
    const sequenceNumber = this.#sequenceNumber;
    this.#sequenceNumber = (sequenceNumber + 1) % 65536;
    this.#packets += 1;
    this.#bytes += payloadBytes;
    return new RtpHeader({ payloadType, sequenceNumber, timestamp, ssrc, marker });
  }

  /** Says which timestamp stands for now. */
  setMoment(timestamp: number): void {
    this.#moment = { timestamp, atMs: performance.now() };
  }

  /** Sender report and name (RFC 3550 §6.1); nothing before the first packet. */
  report(): RtcpPacket[] {
    if (this.#moment === undefined) return [];
    const { ssrc, clockHz, cname } = this.#options;
    const nowMs = performance.now();
    const elapsedMs = nowMs - this.#moment.atMs;
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp: ntpTimestamp(performance.timeOrigin + nowMs),
      rtpTimestamp: (this.#moment.timestamp + Math.round((elapsedMs * clockHz) / 1000)) % 2 ** 32,
      packetCount: this.#packets,
      octetCount: this.#bytes,
    });
    const items = [new SourceDescriptionItem({ type: 1, text: cname })];
    return [
      new RtcpSrPacket({ ssrc, senderInfo }),
      new RtcpSourceDescriptionPacket({ chunks: [new SourceDescriptionChunk({ source: ssrc, items })] }),
    ];
  }
}

/** Seconds since 1900 as 32.32 bits (RFC 3550 §4); werift's `ntpTime` has decimal digits for the fraction. */
function ntpTimestamp(wallClockMs: number): bigint {
  const time = wallClockMs / 1000 + unixToNtpSeconds;
  const seconds = Math.floor(time);
  return (BigInt(seconds) << 32n) | BigInt(Math.floor((time - seconds) * 2 ** 32));
}
