import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';

/** The fixed part of an RTP header without extensions and contributing sources, in bytes. */
export const rtpHeaderBytes = 12;

/** What stands in the header of an RTP packet (RFC 3550 §5.1). */
export interface RtpHeader {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

/** A header that was read from a packet. */
export interface ReadRtpHeader extends RtpHeader {
  /** Where the payload begins: behind contributing sources and header extensions (RFC 8285). */
  readonly headerLength: number;
  /** True: the payload's last byte says how many bytes are padding. */
  readonly padded: boolean;
}

/** A packet that came in, decrypted and without padding. */
export interface RtpPacket extends RtpAudioPacket {
  readonly payloadType: number;
  readonly marker: boolean;
}

/** Reads a header, which SRTP leaves in the clear. @returns `undefined` where it is none */
export function readRtpHeader(packet: Buffer): ReadRtpHeader | undefined {
  if (packet.length < rtpHeaderBytes) return undefined;
  const first = packet.readUInt8(0);
  if (first >> 6 !== 2) return undefined;
  let headerLength = rtpHeaderBytes + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (packet.length < headerLength + 4) return undefined;
    headerLength += 4 + packet.readUInt16BE(headerLength + 2) * 4;
  }
  if (packet.length < headerLength) return undefined;
  const second = packet.readUInt8(1);
  return {
    payloadType: second & 0x7f,
    marker: second >= 0x80,
    sequenceNumber: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    headerLength,
    padded: (first & 0x20) !== 0,
  };
}

/** Cuts the padding off a decrypted payload. @returns `undefined` where the padding is impossible */
export function withoutPadding(payload: Buffer, padded: boolean): Buffer | undefined {
  if (!padded) return payload;
  const count = payload.at(-1) ?? 0;
  if (count === 0 || count > payload.length) return undefined;
  return payload.subarray(0, payload.length - count);
}

/** Writes a header of 12 bytes. */
export function writeRtpHeader(header: RtpHeader): Buffer {
  const bytes = Buffer.allocUnsafe(rtpHeaderBytes);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8((header.marker ? 0x80 : 0) | header.payloadType, 1);
  bytes.writeUInt16BE(header.sequenceNumber, 2);
  bytes.writeUInt32BE(header.timestamp, 4);
  bytes.writeUInt32BE(header.ssrc, 8);
  return bytes;
}

/** RTCP and RTP come on one port: RTCP's types are the ones no RTP payload type may take (RFC 5761 §4). */
export function isRtcp(packet: Buffer): boolean {
  return packet.length >= 2 && packet.readUInt8(1) >= 192 && packet.readUInt8(1) <= 223;
}
