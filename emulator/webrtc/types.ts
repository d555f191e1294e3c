import type { EncodedAudioFrame, RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { EncodedVideoFrame, RtpVideoPacket } from '../../media/rtp-video-packet.ts';

/** Where WebRTC sessions listen and when they are given up. */
export interface WebRtcOptions {
  /** Addresses put into the answer instead of those of the machine's interfaces. */
  readonly announcedAddresses?: readonly string[];
  /** One UDP port for the media of all sessions, instead of one for each; 0 for any that is free. */
  readonly udpPort?: number;
  /** First and last UDP port for media, where each session has its own; any free one when missing. */
  readonly udpPortRange?: readonly [number, number];
  /** A publisher that sends nothing for so long is ended; default 10000. */
  readonly silenceTimeoutMs?: number;
  /** A session that is not connected after so long is ended; default 15000. */
  readonly connectTimeoutMs?: number;
  /** How much a publisher is told that it may send, in kbit/s, sound and picture together; default 2500. */
  readonly maxBitrateKbps?: number;
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
  /** Sound and picture together, as are `bytes` and `packetsLost`. */
  readonly packets: number;
  readonly bytes: number;
  readonly packetsLost: number;
  /** Of the sound. */
  readonly jitterMs: number;
  readonly roundTripMs?: number;
}

/** What publish and play sessions have in common. */
export interface WebRtcSession {
  /** Random, unguessable, safe in a URL: the `X-Sid` of WHIP and WHEP. */
  readonly id: string;
  readonly startedAtMs: number;
  /** Our SDP with all candidates: the answer, or the offer that the session's client has answered. */
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
  /** `sprop-parameter-sets` of the offer: NAL units without start codes, hostile; none where it has none. */
  readonly videoParameterSets: readonly Buffer[];
  /** Called for each audio packet as it comes in, unordered, with the arrival time in ms (monotonic). */
  onAudio: ((packet: RtpAudioPacket, arrivalMs: number) => void) | undefined;
  /** Called for each H.264 packet (RFC 6184), like `onAudio`. Packets of padding alone come too, empty. */
  onVideo: ((packet: RtpVideoPacket, arrivalMs: number) => void) | undefined;
  /**
   * Asks for a keyframe (PLI, RFC 4585 §6.3.1). Each call sends a packet: how often is the caller's to decide.
   * Nothing is asked before the first video packet, which begins with a keyframe anyway.
   */
  requestKeyframe(): void;
  /** Asks for video packets again (generic NACK, RFC 4585 §6.2.1); in ascending order, wrapping. */
  requestPackets(sequenceNumbers: readonly number[]): void;
}

/** A viewer's session: sends. */
export interface PlaySession extends WebRtcSession {
  readonly kind: 'play';
  /** True where the answer has a video line that sends. */
  readonly hasVideo: boolean;
  /**
   * Sends one frame, in the moment in which its last sample is over. Sequence numbers and timestamps go on
   * without a break whatever track the frames come from, so a change of track needs no new negotiation.
   */
  sendAudio(frame: EncodedAudioFrame): void;
  /**
   * Sends one picture, in the moment in which it is to be seen: sender reports map the timestamps of both
   * tracks to the times of sending, on one clock, and players keep sound and picture together by them.
   * Numbers go on as those of `sendAudio` do. Dropped while not connected or without video.
   */
  sendVideo(frame: EncodedVideoFrame): void;
  /** Called when the viewer needs a keyframe: once when it is connected, then for every PLI and FIR. */
  onKeyframeRequest: (() => void) | undefined;
}

/** Our offer to a viewer whose client waits to be offered to, and what becomes of it. */
export interface PlayOffer {
  /** The id of the session to come. */
  readonly id: string;
  /** With all candidates. */
  readonly sdp: string;
  /** Resolves once, when the offer or the session made of it is over; unanswered it ends `never-connected`. */
  readonly ended: Promise<SessionEnd>;
  /**
   * Makes the session of the client's answer. An answer that cannot be used leaves the offer open for another.
   * @throws InvalidSdpError
   * @throws Error where there is a session already, or the offer is closed
   */
  accept(answerSdp: string): PlaySession;
  /** Ends the offer, or its session. Idempotent. */
  close(reason: SessionEnd): Promise<void>;
}

/** An offer or a fragment that cannot be used; the message is a sentence for the client. */
export class InvalidSdpError extends Error {
  override readonly name = 'InvalidSdpError';
}
