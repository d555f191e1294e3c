/** What the receiver of a stream asks its sender for. */
export interface ReceivedFeedback {
  /** SSRCs of which a keyframe is wanted: PLI (RFC 4585 §6.3.1) and FIR (RFC 5104 §4.3.1). */
  readonly keyframeRequests: readonly number[];
  /** Packets that did not come: generic NACK (RFC 4585 §6.2.1). */
  readonly missing: readonly MissingPackets[];
}

/** Packets of one stream that did not come. */
export interface MissingPackets {
  readonly ssrc: number;
  /** In the order of the request, 0 to 65535. */
  readonly sequenceNumbers: readonly number[];
}

/** RTCP packet type of transport layer feedback (RFC 4585 §6.2). */
export const transportFeedbackType = 205;
/** RTCP packet type of payload specific feedback (RFC 4585 §6.3). */
export const payloadFeedbackType = 206;

/** `FMT` fields: generic NACK, PLI, FIR, application layer feedback (RFC 4585 §6.4). */
const formats = { nack: 1, pictureLoss: 1, fullIntra: 4, applicationLayer: 15 } as const;
const headerBytes = 4;
const ssrcsBytes = 8;
const nackItemBytes = 4;
const firItemBytes = 8;
/** So that a compound packet with it stays within 1200 bytes. */
const maxNackItems = 256;

/**
 * Reads the body of one feedback packet, without its header, into `feedback`. What is neither PLI nor FIR nor
 * NACK, or ends too early, is stepped over.
 *
 * @param format the `FMT` field
 */
export function readFeedback(
  type: number,
  format: number,
  body: Buffer,
  feedback: { keyframeRequests: number[]; missing: MissingPackets[] },
): void {
  if (body.length < ssrcsBytes) return;
  const mediaSsrc = body.readUInt32BE(4);
  if (type === transportFeedbackType && format === formats.nack) {
    feedback.missing.push({ ssrc: mediaSsrc, sequenceNumbers: readNackItems(body) });
  } else if (type === payloadFeedbackType && format === formats.pictureLoss) {
    feedback.keyframeRequests.push(mediaSsrc);
  } else if (type === payloadFeedbackType && format === formats.fullIntra) {
    for (let at = ssrcsBytes; at + firItemBytes <= body.length; at += firItemBytes) {
      feedback.keyframeRequests.push(body.readUInt32BE(at));
    }
  }
}

/** Asks for a keyframe (PLI, RFC 4585 §6.3.1). To stand behind a report in a compound packet. */
export function writePictureLoss(ssrc: number, mediaSsrc: number): Buffer {
  return writeFeedback(payloadFeedbackType, formats.pictureLoss, ssrc, mediaSsrc, Buffer.alloc(0));
}

/**
 * Asks for packets again (generic NACK, RFC 4585 §6.2.1). To stand behind a report in a compound packet.
 *
 * @param sequenceNumbers in ascending order, wrapping; more than fit into one packet are left out
 */
export function writeNack(ssrc: number, mediaSsrc: number, sequenceNumbers: readonly number[]): Buffer {
  const items: { first: number; mask: number }[] = [];
  for (const sequenceNumber of sequenceNumbers) {
    const last = items.at(-1);
    const behind = last === undefined ? 0 : (sequenceNumber - last.first) & 0xffff;
    if (last !== undefined && behind >= 1 && behind <= 16) last.mask |= 1 << (behind - 1);
    else if (items.length < maxNackItems) items.push({ first: sequenceNumber & 0xffff, mask: 0 });
    else break;
  }
  const body = Buffer.alloc(items.length * nackItemBytes);
  for (const [index, { first, mask }] of items.entries()) {
    body.writeUInt16BE(first, index * nackItemBytes);
    body.writeUInt16BE(mask, index * nackItemBytes + 2);
  }
  return writeFeedback(transportFeedbackType, formats.nack, ssrc, mediaSsrc, body);
}

/** Bits of the mantissa of a REMB. */
const mantissaBits = 18;

/**
 * Says how much the receiver takes, all streams together: REMB (draft-alvestrand-rmcat-remb-03 §2.2). To stand
 * behind a report in a compound packet.
 *
 * @param bitsPerSecond rounded down to 18 significant bits
 */
export function writeMaximumBitrate(
  ssrc: number,
  mediaSsrcs: readonly number[],
  bitsPerSecond: number,
): Buffer {
  const exponent = Math.max(0, Math.ceil(Math.log2(bitsPerSecond + 1)) - mantissaBits);
  const mantissa = Math.floor(bitsPerSecond / 2 ** exponent);
  const items = Buffer.alloc(8 + 4 * mediaSsrcs.length);
  items.write('REMB', 0, 'latin1');
  items.writeUInt32BE(mediaSsrcs.length * 2 ** 24 + exponent * 2 ** mantissaBits + mantissa, 4);
  for (const [index, mediaSsrc] of mediaSsrcs.entries()) items.writeUInt32BE(mediaSsrc, 8 + 4 * index);
  return writeFeedback(payloadFeedbackType, formats.applicationLayer, ssrc, 0, items);
}

function readNackItems(body: Buffer): number[] {
  const sequenceNumbers: number[] = [];
  for (let at = ssrcsBytes; at + nackItemBytes <= body.length; at += nackItemBytes) {
    const first = body.readUInt16BE(at);
    const mask = body.readUInt16BE(at + 2);
    sequenceNumbers.push(first);
    for (let bit = 0; bit < 16; bit += 1) {
      if ((mask & (1 << bit)) !== 0) sequenceNumbers.push((first + bit + 1) & 0xffff);
    }
  }
  return sequenceNumbers;
}

function writeFeedback(type: number, format: number, ssrc: number, mediaSsrc: number, items: Buffer): Buffer {
  const packet = Buffer.alloc(headerBytes + ssrcsBytes);
  packet.writeUInt8(0x80 | format, 0);
  packet.writeUInt8(type, 1);
  packet.writeUInt16BE((ssrcsBytes + items.length) / 4, 2);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeUInt32BE(mediaSsrc, 8);
  return Buffer.concat([packet, items]);
}
