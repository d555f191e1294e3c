import {
  GenericNack,
  PictureLossIndication,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpTransportLayerFeedback,
} from 'werift';

/** `FMT` of a FIR (RFC 5104 §4.3.1). */
const fullIntraFormat = 4;

/** True for a PLI or FIR that is about a stream. */
export function asksForKeyframe(packet: RtcpPacket, ssrc: number): boolean {
  if (!(packet instanceof RtcpPayloadSpecificFeedback)) return false;
  const { feedback } = packet;
  if (feedback instanceof PictureLossIndication) return feedback.mediaSsrc === ssrc;
  return feedback?.count === fullIntraFormat && 'fir' in feedback
    ? feedback.fir.some((item) => item.ssrc === ssrc)
    : false;
}

/** The sequence numbers that a NACK about a stream asks for; none for other packets. */
export function askedAgain(packet: RtcpPacket, ssrc: number): number[] {
  if (!(packet instanceof RtcpTransportLayerFeedback)) return [];
  const { feedback } = packet;
  if (!(feedback instanceof GenericNack) || feedback.mediaSourceSsrc !== ssrc) return [];
  // Over the wrap, where werift goes on counting.
  return feedback.lost.map((sequenceNumber) => sequenceNumber & 0xffff);
}

/** Asks for a keyframe (PLI, RFC 4585 §6.3.1). */
export function pictureLoss(senderSsrc: number, mediaSsrc: number): RtcpPacket {
  return new RtcpPayloadSpecificFeedback({ feedback: new PictureLossIndication({ senderSsrc, mediaSsrc }) });
}

/** Asks for packets again (RFC 4585 §6.2.1). */
export function nack(senderSsrc: number, mediaSourceSsrc: number, lost: number[]): RtcpPacket {
  return new RtcpTransportLayerFeedback({ feedback: new GenericNack({ senderSsrc, mediaSourceSsrc, lost }) });
}
