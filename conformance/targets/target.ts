import type { SignallingWish } from '../bots/process/messages.ts';
import type { TurnServer } from '../bots/turn-server.ts';
import type { RoomReading } from '../http/api-client.ts';

/** All that the suite may know of the server it tests. */
export interface Target {
  /** As it stands in the report, without a password. */
  readonly name: string;
  /** Other names that a list of known failures may use for it, such as `emulator`. */
  readonly aliases?: readonly string[] | undefined;
  /** Without credentials and without a slash at the end: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** The `edit_auth` pair. */
  readonly credentials: { readonly user: string; readonly password: string };
  /** Take any certificate. */
  readonly insecure: boolean;
  /** How bots agree with it on their sessions; missing: `auto`. */
  readonly signalling?: SignallingWish | undefined;
  /** Which room the path of a call means; missing: it is found out. */
  readonly reading?: RoomReading | undefined;
  /** The bots’ media goes through it; missing: they see the server. */
  readonly turn?: TurnServer | undefined;
  /** Stands before every name that a run makes there, before the run's own prefix: `chat/`; missing: nothing. */
  readonly prefix?: string | undefined;
  /** Streams that the target's configuration has for the suite, where it has them. */
  readonly configured?: ConfiguredStreams | undefined;
  /** What the operator promises beyond the documentation; without it figures are observed, not judged. */
  readonly bars?: Bars | undefined;
  /** Options of the command line that lead to this target again, with no password in them. */
  readonly reproduceWith?: readonly string[] | undefined;
  /** Ends what was started for the run. Idempotent. */
  close(): Promise<void>;
}

/** How good a target promises to be, where the documentation promises nothing. */
export interface Bars {
  /** From a sample spoken to the same sample heard, for 95 of 100 packets. */
  readonly delayP95Ms: number;
  /** How much that time grows with every second, in ms. */
  readonly delayGrowthMsPerSecond: number;
  /** The longest time between two packets of sound. */
  readonly stallMs: number;
  /** The longest hole in anybody's sound while others come and go. */
  readonly gapMs: number;
  /** How long the stream of a publisher who vanishes without a word may be said to be there. */
  readonly vanishedMs: number;
  /** How far the level of a quiet member may be from what was sent. */
  readonly levelDb: number;
  /** How far the pitch of what is heard may be from what was sent, in millionths. */
  readonly pitchPpm: number;
  /**
   * What a mix of five loud tones may have beside these tones, against them. A limiter that turns down a block at a time
   * adds -21 to -31 dB, Opus included, whichever tones they are; one that cuts -7 to -8 dB, and -13 to -16 dB where it
   * halves first.
   */
  readonly distortionDb: number;
  /** Size and rate of the canvas, and that its grid is the one that is decided where nothing is documented. */
  readonly canvas: { readonly width: number; readonly height: number; readonly fps: number };
  /** From a picture taken to the same picture there for a viewer, for 95 of 100 pictures. */
  readonly pictureDelayP95Ms: number;
  /** The longest standstill of anybody's picture while others come and go. */
  readonly freezeMs: number;
  /** How far sound and picture of one moment may be apart. */
  readonly lipSyncMs: number;
  /** From a viewer's connection to the first picture. */
  readonly firstPictureMs: number;
  /** From a viewer's request for a keyframe (PLI) to the keyframe. */
  readonly keyframeOnRequestMs: number;
}

/** Names of streams made by configuration, each with what it is to show; what is missing, the server has not. */
export interface ConfiguredStreams {
  /** The snippet of the page as it stands: `input mosaic2:// bitrate=128;`. */
  readonly snippet?: string;
  /** A room without options. */
  readonly defaults?: string;
  /** `samplerate=16000 samples=320`. */
  readonly options?: string;
  /** The older spelling, `url mosaic2://`. */
  readonly urlSpelling?: string;
  /** `disable_video=true`. */
  readonly soundOnly?: string;
  /**
   * Rooms with `disable_video=false`, one for each scenario that looks at pictures; where a name stands several
   * times, the scenarios take turns.
   */
  readonly pictures: readonly string[];
}
