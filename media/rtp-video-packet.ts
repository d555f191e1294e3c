export type { RtpVideoPacket } from './h264/access-unit.ts';

/** The RTP clock of video in Hz (RFC 6184 §8.1). */
export const videoClockHz = 90000;

/** One coded picture to be sent, cut into RTP payloads. */
export interface EncodedVideoFrame {
  /** In order, as `packetizeH264` makes them (RFC 6184 §5.2); the last one gets the marker. */
  readonly payloads: readonly Buffer[];
  /** When it is to be shown, 90 kHz, wrapping or not. */
  readonly timestamp90k: number;
}
