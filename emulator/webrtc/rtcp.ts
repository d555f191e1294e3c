import {
  compactNtp,
  RTCP_HEADER_SIZE,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  SourceDescriptionChunk,
  SourceDescriptionItem,
} from 'werift';
import type { ReceptionReport } from './receive-statistics.ts';
import {
  type MissingPackets,
  payloadFeedbackType,
  type ReceivedFeedback,
  readFeedback,
  transportFeedbackType,
} from './rtcp-feedback.ts';

/** What a sender tells of its stream (RFC 3550 §6.4.1). */
export interface SenderReport {
  readonly ssrc: number;
  /** A multiple of four bytes: with other lengths werift may leave out the zero that ends the list. */
  readonly cname: string;
  /** Milliseconds since 1970 and the RTP timestamp of the same moment. */
  readonly wallClockMs: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  /** Payload bytes. */
  readonly bytes: number;
}

/** A sender report of the other side, as far as an answer needs it. */
export interface ReceivedSender {
  readonly ssrc: number;
  /** Middle 32 bits of its NTP time. */
  readonly ntpMiddle: number;
}

/** What is of interest in a compound RTCP packet. */
export interface ReadRtcp extends ReceivedFeedback {
  /** What the other side said of our streams; more duplicates than losses make `packetsLost` negative. */
  readonly reports: readonly RtcpReceiverInfo[];
  readonly senders: readonly ReceivedSender[];
}

const reportBlockBytes = 24;
const senderInfoBytes = 20;
const ssrcBytes = 4;
const unixToNtpSeconds = 2208988800;

/** A compound packet of sender report and CNAME (RFC 3550 §6.1). */
export function writeSenderReport(report: SenderReport): Buffer {
  const senderInfo = new RtcpSenderInfo({
    ntpTimestamp: ntpTimestamp(report.wallClockMs),
    rtpTimestamp: report.rtpTimestamp,
    packetCount: report.packets % 2 ** 32,
    octetCount: report.bytes % 2 ** 32,
  });
  const packet = new RtcpSrPacket({ ssrc: report.ssrc, senderInfo });
  return Buffer.concat([packet.serialize(), sourceDescription(report.ssrc, report.cname)]);
}

/** What a receiver tells of one stream: the reception, and the latest sender report heard of it, if any. */
export interface StreamReception {
  readonly reception: ReceptionReport;
  readonly lastSender?: { readonly ntpMiddle: number; readonly agoMs: number };
}

/** A compound packet of receiver report and CNAME; the length of `cname` as in `SenderReport`. */
export function writeReceiverReport(
  ssrc: number,
  cname: string,
  streams: readonly StreamReception[] = [],
): Buffer {
  const reports = streams.map(({ reception, lastSender }) => {
    const dlsr = Math.min(Math.round(((lastSender?.agoMs ?? 0) * 65536) / 1000), 2 ** 32 - 1);
    return new RtcpReceiverInfo({ ...reception, lsr: lastSender?.ntpMiddle ?? 0, dlsr });
  });
  return Buffer.concat([new RtcpRrPacket({ ssrc, reports }).serialize(), sourceDescription(ssrc, cname)]);
}

/**
 * Reads a decrypted compound packet; reading ends where it cannot be understood. Walks the packets itself:
 * werift's converter reads past their ends, and a feedback packet can hold it up for a third of a second.
 */
export function readRtcp(compound: Buffer): ReadRtcp {
  const reports: RtcpReceiverInfo[] = [];
  const senders: ReceivedSender[] = [];
  const feedback = { keyframeRequests: [] as number[], missing: [] as MissingPackets[] };
  for (let at = 0; compound.length >= at + RTCP_HEADER_SIZE; ) {
    const count = compound.readUInt8(at) & 0x1f;
    const type = compound.readUInt8(at + 1);
    const end = at + RTCP_HEADER_SIZE + compound.readUInt16BE(at + 2) * 4;
    const body = compound.subarray(at + RTCP_HEADER_SIZE, end);
    if (end > compound.length) break;
    if (type === RtcpSrPacket.type && body.length >= ssrcBytes + senderInfoBytes) {
      const blocks = Math.min(count, blocksIn(body.length - ssrcBytes - senderInfoBytes));
      const sender = RtcpSrPacket.deSerialize(body, blocks);
      senders.push({ ssrc: sender.ssrc, ntpMiddle: compactNtp(sender.senderInfo.ntpTimestamp) });
      reports.push(...sender.reports);
    } else if (type === RtcpRrPacket.type && body.length >= ssrcBytes) {
      const blocks = Math.min(count, blocksIn(body.length - ssrcBytes));
      reports.push(...RtcpRrPacket.deSerialize(body, blocks).reports);
    } else if (type === transportFeedbackType || type === payloadFeedbackType) {
      readFeedback(type, count, body, feedback);
    }
    at = end;
  }
  // A signed number (RFC 3550 §6.4.1), which werift reads without its sign.
  for (const report of reports) report.packetsLost = (report.packetsLost << 8) >> 8;
  return { reports, senders, ...feedback };
}

/**
 * Time from our sender report to the answer, less what the other side waited (RFC 3550 §6.4.1); `undefined`
 * where the answer refers to no report.
 */
export function roundTripMs(
  { lsr, dlsr }: Pick<RtcpReceiverInfo, 'lsr' | 'dlsr'>,
  nowWallClockMs: number,
): number | undefined {
  if (lsr === 0) return undefined;
  const units = (ntpMiddle(nowWallClockMs) - lsr - dlsr) | 0;
  return Math.max(0, (units * 1000) / 65536);
}

/** Middle 32 bits of the NTP time of a moment: what reports refer to (RFC 3550 §4). */
export function ntpMiddle(wallClockMs: number): number {
  return compactNtp(ntpTimestamp(wallClockMs));
}

function ntpTimestamp(wallClockMs: number): bigint {
  const time = wallClockMs / 1000 + unixToNtpSeconds;
  const seconds = Math.floor(time);
  const fraction = Math.floor((time - seconds) * 2 ** 32);
  return BigInt.asUintN(64, (BigInt(seconds) << 32n) | BigInt(fraction));
}

function blocksIn(bytes: number): number {
  return Math.floor(bytes / reportBlockBytes);
}

/** The CNAME of a stream (RFC 3550 §6.5.1). */
function sourceDescription(ssrc: number, cname: string): Buffer {
  const items = [new SourceDescriptionItem({ type: 1, text: cname })];
  const chunks = [new SourceDescriptionChunk({ source: ssrc, items })];
  return new RtcpSourceDescriptionPacket({ chunks }).serialize();
}
