import type { ReceptionReport } from './receive-statistics.ts';

/** What a sender tells of its stream (RFC 3550 §6.4.1). */
export interface SenderReport {
  readonly ssrc: number;
  readonly cname: string;
  /** Milliseconds since 1970 and the RTP timestamp of the same moment. */
  readonly wallClockMs: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  /** Payload bytes. */
  readonly bytes: number;
}

/** What the other side said of one of our streams. */
export interface ReceivedReport {
  readonly ssrc: number;
  readonly packetsLost: number;
  /** In timestamp units. */
  readonly jitter: number;
  /** Middle 32 bits of the NTP time of the sender report it had last, 0 for none. */
  readonly lastReport: number;
  /** How long ago that was, in 1/65536 s. */
  readonly delaySinceLastReport: number;
}

/** A sender report of the other side, as far as an answer needs it. */
export interface ReceivedSender {
  readonly ssrc: number;
  /** Middle 32 bits of its NTP time. */
  readonly ntpMiddle: number;
}

/** What is of interest in a compound RTCP packet. */
export interface ReadRtcp {
  readonly reports: readonly ReceivedReport[];
  readonly senders: readonly ReceivedSender[];
}

/** Packet types (RFC 3550 §12.1). */
const senderReportType = 200;
const receiverReportType = 201;
const sourceDescriptionType = 202;

const reportBlockBytes = 24;
const unixToNtpSeconds = 2208988800;

/** A compound packet of sender report and CNAME (RFC 3550 §6.1). */
export function writeSenderReport(report: SenderReport): Buffer {
  const ntp = ntpTime(report.wallClockMs);
  const body = Buffer.alloc(24);
  body.writeUInt32BE(report.ssrc, 0);
  body.writeUInt32BE(ntp.seconds, 4);
  body.writeUInt32BE(ntp.fraction, 8);
  body.writeUInt32BE(report.rtpTimestamp, 12);
  body.writeUInt32BE(report.packets % 2 ** 32, 16);
  body.writeUInt32BE(report.bytes % 2 ** 32, 20);
  return Buffer.concat([packet(senderReportType, 0, body), sourceDescription(report.ssrc, report.cname)]);
}

/** A compound packet of receiver report and CNAME. `lastSender` is the latest sender report heard, if any. */
export function writeReceiverReport(
  ssrc: number,
  cname: string,
  reception: ReceptionReport | undefined,
  lastSender?: { readonly ntpMiddle: number; readonly agoMs: number },
): Buffer {
  const body = Buffer.alloc(4 + (reception === undefined ? 0 : reportBlockBytes));
  body.writeUInt32BE(ssrc, 0);
  if (reception !== undefined) {
    body.writeUInt32BE(reception.ssrc, 4);
    body.writeUInt8(reception.fractionLost, 8);
    body.writeUIntBE(reception.packetsLost, 9, 3);
    body.writeUInt32BE(reception.highestSequence, 12);
    body.writeUInt32BE(reception.jitter, 16);
    body.writeUInt32BE(lastSender?.ntpMiddle ?? 0, 20);
    body.writeUInt32BE(Math.min(Math.round(((lastSender?.agoMs ?? 0) * 65536) / 1000), 2 ** 32 - 1), 24);
  }
  const count = reception === undefined ? 0 : 1;
  return Buffer.concat([packet(receiverReportType, count, body), sourceDescription(ssrc, cname)]);
}

/** Reads a decrypted compound packet; reading ends where it cannot be understood. */
export function readRtcp(compound: Buffer): ReadRtcp {
  const reports: ReceivedReport[] = [];
  const senders: ReceivedSender[] = [];
  for (let at = 0; compound.length >= at + 4; ) {
    const count = compound.readUInt8(at) & 0x1f;
    const type = compound.readUInt8(at + 1);
    const end = at + 4 + compound.readUInt16BE(at + 2) * 4;
    const body = compound.subarray(at + 4, end);
    if (end > compound.length) break;
    if (type === senderReportType && body.length >= 24) {
      senders.push({ ssrc: body.readUInt32BE(0), ntpMiddle: body.readUInt32BE(6) });
      reports.push(...readReports(body.subarray(24), count));
    } else if (type === receiverReportType) {
      reports.push(...readReports(body.subarray(4), count));
    }
    at = end;
  }
  return { reports, senders };
}

/**
 * Time from our sender report to the answer, less what the other side waited (RFC 3550 §6.4.1); `undefined`
 * where the answer refers to no report.
 */
export function roundTripMs(report: ReceivedReport, nowWallClockMs: number): number | undefined {
  if (report.lastReport === 0) return undefined;
  const units = (ntpMiddle(nowWallClockMs) - report.lastReport - report.delaySinceLastReport) | 0;
  return Math.max(0, (units * 1000) / 65536);
}

/** Middle 32 bits of the NTP time of a moment: what reports refer to (RFC 3550 §4). */
export function ntpMiddle(wallClockMs: number): number {
  const { seconds, fraction } = ntpTime(wallClockMs);
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;
}

function ntpTime(wallClockMs: number): { seconds: number; fraction: number } {
  const time = wallClockMs / 1000 + unixToNtpSeconds;
  const whole = Math.floor(time);
  return { seconds: whole % 2 ** 32, fraction: Math.floor((time - whole) * 2 ** 32) };
}

function readReports(blocks: Buffer, count: number): ReceivedReport[] {
  const usable = Math.min(count, Math.floor(blocks.length / reportBlockBytes));
  return Array.from({ length: usable }, (_, index) => {
    const at = index * reportBlockBytes;
    return {
      ssrc: blocks.readUInt32BE(at),
      // Signed: more duplicates than losses make it negative.
      packetsLost: blocks.readIntBE(at + 5, 3),
      jitter: blocks.readUInt32BE(at + 12),
      lastReport: blocks.readUInt32BE(at + 16),
      delaySinceLastReport: blocks.readUInt32BE(at + 20),
    };
  });
}

function sourceDescription(ssrc: number, cname: string): Buffer {
  const name = Buffer.from(cname);
  // SSRC, item type and length, the name, and one to four zeros that end the list (RFC 3550 §6.5).
  const body = Buffer.alloc(Math.floor((4 + 2 + name.length) / 4 + 1) * 4);
  body.writeUInt32BE(ssrc, 0);
  body.writeUInt8(1, 4);
  body.writeUInt8(name.length, 5);
  name.copy(body, 6);
  return packet(sourceDescriptionType, 1, body);
}

function packet(type: number, count: number, body: Buffer): Buffer {
  const header = Buffer.from([0x80 | count, type, 0, 0]);
  header.writeUInt16BE(body.length / 4, 2);
  return Buffer.concat([header, body]);
}
