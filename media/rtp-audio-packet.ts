/**
 * One RTP packet of an audio stream as it came in, without its header extensions: what a publish session
 * hands to the jitter buffer (RFC 3550 §5.1, RFC 7587 §4).
 */
export interface RtpAudioPacket {
  /** Synchronisation source: another one means another stream, with numbers of its own. */
  readonly ssrc: number;
  /** 0 to 65535, wrapping. */
  readonly sequenceNumber: number;
  /** 0 to 2^32 - 1 in steps of 1/48000 s, wrapping. */
  readonly timestamp: number;
  /** One Opus packet. Hostile: not looked at yet. */
  readonly payload: Buffer;
}

/** One Opus packet to be sent, with the time it covers. */
export interface EncodedAudioFrame {
  readonly payload: Buffer;
  /** Duration in samples of the 48 kHz RTP clock. */
  readonly samplesAt48k: number;
}
