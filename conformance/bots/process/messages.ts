import type { ReceivedStatistics, SentStatistics, TranscriptMessage } from '../../report.ts';
import type { TurnServer } from '../turn-server.ts';
import type { NotReached } from '../webrtc/not-reached-error.ts';
import type { SignallingKind, TrackChange } from '../webrtc/session.ts';

/**
 * What the suite and the process in which its bots live say to each other. Bots have a process of their
 * own, so that neither the server under test nor the analysis delays what they send or the times at which
 * they say something came. Times are nanoseconds of the machine's monotonic clock, the same in every process.
 */

/** A clip of Opus packets, and pictures if there are some, that a publisher sends over and over. */
export interface Clip {
  readonly packets: readonly Uint8Array[];
  /** Duration of each packet, in samples of 48 kHz. */
  readonly samplesAt48k: number;
  readonly video?: VideoClip;
}

/**
 * Coded pictures that a publisher sends over and over, on the clock of its sound: picture k is taken, and sent,
 * k / fps after the first sample is spoken. The loop lasts whole seconds, or sound and picture would part; one
 * that has nothing to do with the sound may last any time.
 */
export interface VideoClip {
  /** The first one is a keyframe. */
  readonly frames: readonly VideoClipFrame[];
  readonly fps: number;
  /** True: no moment of the sound belongs to a picture; default false. */
  readonly apartFromSound?: boolean;
}

/** One coded picture: its RTP payloads in order (RFC 6184). */
export interface VideoClipFrame {
  readonly payloads: readonly Uint8Array[];
  readonly keyframe: boolean;
}

/** One packet as a listener got it. */
export interface ReceivedPacket {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
  readonly arrivalNs: bigint;
}

/** One video packet as a listener got it. */
export interface ReceivedVideoPacket extends ReceivedPacket {
  /** Set on the last packet of a picture. */
  readonly marker: boolean;
}

/** A sender report as a listener got it: which moment of the server's clock a timestamp stands for. */
export interface ReceivedSenderReport {
  readonly ssrc: number;
  /** Seconds since 1900, 32.32 bits (RFC 3550 §4). */
  readonly ntpTimestamp: bigint;
  readonly rtpTimestamp: number;
  readonly arrivalNs: bigint;
}

/** How bots are to agree on their sessions; `auto`: by WHIP and WHEP, and where a server has none, over WebSocket. */
export type SignallingWish = SignallingKind | 'auto';

/** Where a bot connects to. */
export interface BotAddress {
  /** Of WHIP or WHEP, whatever the signalling. */
  readonly url: string;
  readonly insecure: boolean;
  readonly signalling: SignallingWish;
  /** Media goes through it. */
  readonly turn?: TurnServer | undefined;
}

export type BotRequest =
  | ({ readonly type: 'publish'; readonly clip: Clip } & BotAddress)
  /** `video`: take a picture too, and keep what comes of it. */
  | ({ readonly type: 'listen'; readonly video: boolean } & BotAddress)
  /** Answers once a TURN server has given a relay, which is given back. */
  | { readonly type: 'relay'; readonly turn: TurnServer }
  /** Answers how much a listener has got so far; the packets go on to be kept until `take`. */
  | { readonly type: 'count'; readonly bot: number }
  /** Answers what came since it was last taken, and forgets it; what is not taken is answered empty. */
  | { readonly type: 'take'; readonly bot: number; readonly what: readonly TakenPart[] }
  /** Has a listener ask its server for a keyframe. */
  | { readonly type: 'keyframe'; readonly bot: number }
  | { readonly type: 'select'; readonly bot: number; readonly tracks: readonly string[] }
  /** Answers how late packets and pictures were that were sent from a moment on, in ms of the monotonic clock. */
  | { readonly type: 'lateness'; readonly sinceMs: number }
  /** Answers what a bot and the server have said and sent until now. */
  | { readonly type: 'account'; readonly bot: number }
  /** Has a bot say goodbye to the server, and go on as if it had not. */
  | { readonly type: 'goodbye'; readonly bot: number }
  /** Ends a bot; `abruptly` without a word to the server. */
  | { readonly type: 'close'; readonly bot: number; readonly abruptly: boolean };

/** A part of what a listener keeps. */
export type TakenPart = 'packets' | 'videoPackets' | 'senderReports';

/** What a listener got. */
export interface Taken {
  /** Of sound. */
  readonly packets: readonly ReceivedPacket[];
  readonly videoPackets: readonly ReceivedVideoPacket[];
  readonly senderReports: readonly ReceivedSenderReport[];
}

/** Answers by type of request. */
export interface BotAnswers {
  publish: BotStarted & { readonly firstSampleNs: bigint };
  listen: BotStarted;
  relay: object;
  count: { readonly packets: number; readonly soundMs: number; readonly videoPackets: number };
  take: Taken;
  keyframe: object;
  select: TrackChange;
  lateness: { readonly latenessMs: readonly number[] };
  account: BotAccount;
  goodbye: object;
  /** Missing where it was closed before. */
  close: { readonly account?: BotAccount };
}

/** What a bot and the server have said and sent to each other since the bot was asked for. */
export interface BotAccount {
  readonly messages: readonly TranscriptMessage[];
  /** Messages that were too many to be kept. */
  readonly leftOut: number;
  readonly received: { readonly audio?: ReceivedStatistics; readonly video?: ReceivedStatistics };
  readonly sent: { readonly audio?: SentStatistics; readonly video?: SentStatistics };
}

/** A bot is connected. */
export interface BotStarted {
  readonly bot: number;
  /** The server's name of its session: `X-Sid`, or `session_id` over WebSocket. */
  readonly sessionId: string | undefined;
  /** How the session was agreed on. */
  readonly signalling: SignallingKind;
  /** From the offer to the connected session. */
  readonly setUpMs: number;
  /** True where the server takes, or sends, a picture. */
  readonly hasVideo: boolean;
}

export interface BotEnvelope<T> {
  readonly id: number;
  readonly body: T;
}

/** The answer to a request of that id. */
export interface BotReply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
  /** With an error: what was said until then. */
  readonly account?: BotAccount;
  /** With an error by no word of the server: what did not get through. */
  readonly notReached?: NotReached | undefined;
}
