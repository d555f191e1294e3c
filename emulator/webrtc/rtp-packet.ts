import { RtpHeader } from 'werift';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';

export { isRtcp } from 'werift';

/** The fixed part of an RTP header without extensions and contributing sources, in bytes. */
export const rtpHeaderBytes = 12;

/** A packet that came in, decrypted and without padding. */
export interface RtpPacket extends RtpAudioPacket {
  readonly payloadType: number;
  readonly marker: boolean;
}

/**
 * Reads a header, which SRTP leaves in the clear (RFC 3550 §5.1), and steps over contributing sources and header
 * extensions (RFC 8285) without a look: what they say is not vouched for yet.
 *
 * @returns `undefined` where it is none
 */
export function readRtpHeader(packet: Buffer): RtpHeader | undefined {
  if (packet.length < rtpHeaderBytes) return undefined;
  const first = packet.readUInt8(0);
  if (first >> 6 !== 2) return undefined;
  let payloadOffset = rtpHeaderBytes + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (packet.length < payloadOffset + 4) return undefined;
    payloadOffset += 4 + packet.readUInt16BE(payloadOffset + 2) * 4;
  }
  if (packet.length < payloadOffset) return undefined;
  const second = packet.readUInt8(1);
  return new RtpHeader({
    payloadType: second & 0x7f,
    marker: second >= 0x80,
    sequenceNumber: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payloadOffset,
    padding: (first & 0x20) !== 0,
  });
}

/** Writes a header of 12 bytes. */
export function writeRtpHeader(
  header: Pick<RtpHeader, 'payloadType' | 'marker' | 'sequenceNumber' | 'timestamp' | 'ssrc'>,
): Buffer {
  return new RtpHeader(header).serialize(rtpHeaderBytes);
}
