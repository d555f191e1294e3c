import { type RtcpReceiverInfo, RtpHeader } from 'werift';
import type { MediaTransport } from './media-transport.ts';
import { roundTripMs, type SenderReport } from './rtcp.ts';

/** One outgoing track of a play session: its packets, counted, and what the viewer says of them. */
export class SentStream {
  readonly ssrc: number;
  readonly payloadType: number | undefined;
  packets = 0;
  /** Payload bytes. */
  bytes = 0;
  /** What the viewer said last. */
  heard: RtcpReceiverInfo | undefined;
  roundTripMs: number | undefined;
  readonly #transport: MediaTransport;

  /** @param payloadType missing where the track was not agreed on */
  constructor(transport: MediaTransport, ssrc: number, payloadType: number | undefined) {
    this.#transport = transport;
    this.ssrc = ssrc;
    this.payloadType = payloadType;
  }

  /** @returns the datagram, for `MediaTransport.resend` */
  send(
    numbers: { readonly sequenceNumber: number; readonly timestamp: number; readonly marker: boolean },
    payload: Buffer,
  ): Buffer | undefined {
    const { payloadType, ssrc } = this;
    if (payloadType === undefined) return undefined;
    const { sequenceNumber, timestamp, marker } = numbers;
    this.packets += 1;
    this.bytes += payload.length;
    const header = new RtpHeader({ sequenceNumber, timestamp, marker, payloadType, ssrc });
    return this.#transport.sendRtp(header, payload);
  }

  receive(reports: readonly RtcpReceiverInfo[], wallClockMs: number): void {
    const report = reports.findLast(({ ssrc }) => ssrc === this.ssrc);
    if (report === undefined) return;
    this.heard = report;
    this.roundTripMs = roundTripMs(report, wallClockMs) ?? this.roundTripMs;
  }

  /** What to tell the viewer; nothing before the first packet. */
  report(cname: string, wallClockMs: number, rtpTimestamp: number | undefined): readonly SenderReport[] {
    if (rtpTimestamp === undefined) return [];
    const { ssrc, packets, bytes } = this;
    return [{ ssrc, cname, wallClockMs, rtpTimestamp, packets, bytes }];
  }
}
