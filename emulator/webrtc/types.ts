import type { EncodedAudioFrame, RtpAudioPacket } from '../../media/rtp-audio-packet.ts';

/** Where WebRTC sessions listen and when they are given up. */
export interface WebRtcOptions {
  /** Addresses put into the answer instead of those of the machine's interfaces. */
  readonly announcedAddresses?: readonly string[];
  /** First and last UDP port for media; any free one when missing. */
  readonly udpPortRange?: readonly [number, number];
  /** A publisher that sends nothing for so long is ended; default 10000. */
  readonly silenceTimeoutMs?: number;
  /** A session that is not connected after so long is ended; default 15000. */
  readonly connectTimeoutMs?: number;
}

/** Why a session ended: for the log and the sessions list. */
export type SessionEnd =
  | 'closed-by-client'
  | 'closed-by-server'
  | 'replaced'
  | 'never-connected'
  | 'connection-lost'
  | 'silent';

/** Counters of a session, as the information calls show them. */
export interface SessionStats {
  readonly packets: number;
  readonly bytes: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs?: number;
}

/** What publish and play sessions have in common. */
export interface WebRtcSession {
  /** Random, unguessable, safe in a URL: the `X-Sid` of WHIP and WHEP. */
  readonly id: string;
  readonly startedAtMs: number;
  /** The SDP answer with all candidates. */
  readonly answer: string;
  /** ETag of the present ICE session (RFC 9725 §4.3.1). */
  readonly iceETag: string;
  readonly connected: boolean;
  /** Resolves once, when the session is over, whoever ended it. */
  readonly ended: Promise<SessionEnd>;
  /**
   * Takes an `application/trickle-ice-sdpfrag` body (RFC 8840 §9).
   * @throws InvalidSdpError where the fragment cannot be read
   * @returns the fragment to answer with after an ICE restart, or `undefined` for plain candidates
   */
  patch(fragment: string): Promise<string | undefined>;
  stats(): SessionStats;
  /** Idempotent. */
  close(reason: SessionEnd): Promise<void>;
}

/** A publisher's session: receives. */
export interface PublishSession extends WebRtcSession {
  readonly kind: 'publish';
  /** True where the answer took a video line. */
  readonly hasVideo: boolean;
  /** Called for each audio packet as it comes in, unordered, with the arrival time in ms (monotonic). */
  onAudio: ((packet: RtpAudioPacket, arrivalMs: number) => void) | undefined;
}

/** A viewer's session: sends. */
export interface PlaySession extends WebRtcSession {
  readonly kind: 'play';
  /**
   * Sends one frame. Sequence numbers and timestamps go on without a break whatever track the frames come
   * from, so a change of track needs no new negotiation.
   */
  sendAudio(frame: EncodedAudioFrame): void;
}

/** An offer or a fragment that cannot be used; the message is a sentence for the client. */
export class InvalidSdpError extends Error {
  override readonly name = 'InvalidSdpError';
}
