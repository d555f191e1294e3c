/** One coded picture. */
export interface AccessUnit {
  /** Annex B; parameter sets stand in front of each keyframe. */
  readonly data: Buffer;
  /** RTP timestamp: 90 kHz, 0 to 2^32 - 1, wrapping. */
  readonly timestamp: number;
  /** True: holds an IDR picture, from which a decoder can begin. */
  readonly keyframe: boolean;
  /** False: a part of it is known or feared to be missing. */
  readonly complete: boolean;
  /** Of the picture as the newest SPS says, in pixels; `undefined` before the first SPS. */
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * One RTP packet of a video stream as it came in, without header extensions and padding
 * (RFC 3550 §5.1, RFC 6184 §5.1).
 */
export interface RtpVideoPacket {
  /** Synchronisation source: another one means another stream, with numbers of its own. */
  readonly ssrc: number;
  /** 0 to 65535, wrapping. */
  readonly sequenceNumber: number;
  /** 90 kHz, 0 to 2^32 - 1, wrapping. */
  readonly timestamp: number;
  /** Set on the last packet of a picture. */
  readonly marker: boolean;
  /** Hostile: not looked at yet. Empty for a packet of nothing but padding. */
  readonly payload: Buffer;
}
