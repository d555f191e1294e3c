/**
 * Every point that the documentation of Flussonic's dynamic mosaic leaves open, as data. The defaults are
 * this project's choice; somebody who has observed a real server imitates it with a JSON file that overrides
 * them (`parseProfile` in `profile-file.ts`).
 */
export interface Profile {
  readonly rooms: RoomsProfile;
  readonly answers: AnswersProfile;
  readonly errors: ErrorsProfile;
  readonly server: ServerProfile;
  readonly video: VideoProfile;
  readonly audio: AudioProfile;
  readonly sessions: SessionsProfile;
  readonly signalling: SignallingProfile;
}

/** How rooms, members and their tracks behave. */
export interface RoomsProfile {
  /** Number of the track in which everybody is heard: 1 for `a1`. */
  readonly allTrackNumber: number;
  /** Number of the first member's own track: 2 for `a2`. Later members count on from here. */
  readonly firstMemberTrackNumber: number;
  /** True: a new member gets the lowest free number. False: a number is used once in a room's life. */
  readonly reuseTrackNumbers: boolean;
  /** Name of the track of everybody in the list of clients. */
  readonly allName: string;
  /** True: `count` counts the `all` entry of the client list too, so a room of three has 4. */
  readonly countIncludesAll: boolean;
  /** True: a mute call without a state toggles. False: it always mutes. */
  readonly muteToggles: boolean;
  /** True: `add_room` for a room that exists leaves its members in it. False: they are removed. */
  readonly keepMembersOnSecondAddRoom: boolean;
  /**
   * True: a room made by `add_room` has sound only, which is the documented default of `disable_video` for a
   * room in the configuration file.
   */
  readonly addRoomDisablesVideo: boolean;
  /**
   * True: a call on a room has the room's name at the end of its path. False: only the literal name below is known, which
   * means the only room there is.
   */
  readonly namesInPath: boolean;
  /** Last path segment that means "the only room there is" where no room has that name. */
  readonly literalRoomName: string;
  /** Members that one room takes; one more is refused. */
  readonly maxMembers: number;
}

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * How an answer spells an audio track, for number 3:
 * - `object`: `{"track_id":"a3"}`
 * - `number-object`: `{"track_id":3}`
 * - `string`: `"a3"`
 * - `number`: `3`
 */
export type TrackAnswerShape = (typeof trackAnswerShapes)[number];
export const trackAnswerShapes = ['object', 'number-object', 'string', 'number'] as const;

/** `array`: the list itself. `rooms-object`: `{"rooms":[…]}`. */
export type ListAnswerShape = (typeof listAnswerShapes)[number];
export const listAnswerShapes = ['array', 'rooms-object'] as const;

/** Bodies of successful command calls. */
export interface AnswersProfile {
  /** Body of `add_room`. */
  readonly addRoom: Json;
  /** Body of `remove_room`. */
  readonly removeRoom: Json;
  readonly listRoom: ListAnswerShape;
  readonly stats: ListAnswerShape;
  readonly addStream: TrackAnswerShape;
  readonly removeStream: TrackAnswerShape;
  /** Of `mute_video` and `mute-audio`. */
  readonly mute: TrackAnswerShape;
  /** Stands before the number in the id of an audio track. */
  readonly audioTrackPrefix: string;
}

/** What can be wrong with a call; the `error` member of an error's body. */
export type ErrorKind =
  | 'unauthorized'
  | 'unknown-room'
  | 'unknown-stream'
  | 'unknown-path'
  | 'unknown-command'
  | 'malformed-json'
  | 'wrong-arity'
  | 'bad-value'
  | 'wrong-method'
  | 'ambiguous-room'
  | 'room-full';

/** How errors are answered. */
export interface ErrorsProfile {
  /** HTTP status of each kind. */
  readonly status: Readonly<Record<ErrorKind, number>>;
  /** Realm in `WWW-Authenticate: Basic realm="…"`. */
  readonly realm: string;
}

/** What the server says it is. */
export interface ServerProfile {
  /** The `Server` header. */
  readonly header: string;
  /** The version in the information calls. */
  readonly version: string;
}

/** How the grid is cut into columns and rows: `ceil-sqrt` has ceil(sqrt n) columns and the rows that fit. */
export type GridRule = (typeof gridRules)[number];
export const gridRules = ['ceil-sqrt'] as const;

/** How a picture is fitted into its cell: with bars, with the edges cut off, or out of proportion. */
export type CellFit = (typeof cellFits)[number];
export const cellFits = ['letterbox', 'crop', 'stretch'] as const;

/** The room's picture. */
export interface VideoProfile {
  /** Even, in pixels. */
  readonly canvasWidth: number;
  /** Even, in pixels. */
  readonly canvasHeight: number;
  readonly fps: number;
  readonly bitrateKbps: number;
  readonly gridRule: GridRule;
  /** True: a last row that is not full is centred. False: it starts at the left. */
  readonly centreLastRow: boolean;
  readonly cellFit: CellFit;
  /** `#rrggbb`. */
  readonly background: string;
  /** A member that sends no picture for so long is shown as a placeholder. */
  readonly placeholderAfterMs: number;
}

/** How sound is buffered, mixed and encoded. */
export interface AudioProfile {
  /** Effort of the Opus encoder, 0 to 10. */
  readonly opusComplexity: number;
  /** Length of the fade at join, leave and mute. */
  readonly rampMs: number;
  readonly jitterBuffer: {
    /** How early a packet shall at least be when its turn comes. */
    readonly earlinessFloorMs: number;
    /** The delay is never raised above this. */
    readonly maxDelayMs: number;
  };
}

/** When sessions are given up. */
export interface SessionsProfile {
  /** A publisher that sends nothing for so long is ended. */
  readonly silenceTimeoutMs: number;
  /** A session that is not connected after so long is ended. */
  readonly connectTimeoutMs: number;
  /**
   * A connected client of which nothing at all is heard for so long is given up, viewers included. Clients
   * check consent every 4 to 6 s (RFC 7675 §5.1) and report every few seconds.
   */
  readonly lostTimeoutMs: number;
}

/** The WebSocket signalling of the clients until 22.x, which are known to expect neither of these. */
export interface SignallingProfile {
  /** True: errors are told as frames `{"type":"error","error":…,"detail":…}`. False: they are only logged. */
  readonly errorFrames: boolean;
  /** Codes that the server closes a socket with (RFC 6455 §7.4), by what has happened. */
  readonly closeCodes: Readonly<Record<ClosedBecause, number>>;
}

/** Why the server closes a WebSocket: what became of the session, or what could not be done. */
export type ClosedBecause =
  | 'closed-by-client'
  | 'closed-by-server'
  | 'replaced'
  | 'never-connected'
  | 'connection-lost'
  | 'silent'
  | 'bad-request'
  | 'forbidden'
  | 'unknown-stream'
  | 'too-many-errors'
  | 'internal-error';

/** Freezes a value and all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

/** The profile that is in force where nothing else is said; frozen all through. */
export const defaultProfile: Profile = deepFreeze<Profile>({
  rooms: {
    allTrackNumber: 1,
    firstMemberTrackNumber: 2,
    reuseTrackNumbers: false,
    allName: 'all',
    countIncludesAll: true,
    muteToggles: true,
    keepMembersOnSecondAddRoom: true,
    addRoomDisablesVideo: true,
    namesInPath: true,
    literalRoomName: 'room',
    maxMembers: 64,
  },
  answers: {
    addRoom: { success: true },
    removeRoom: { success: true },
    listRoom: 'array',
    stats: 'array',
    addStream: 'object',
    removeStream: 'object',
    mute: 'object',
    audioTrackPrefix: 'a',
  },
  errors: {
    status: {
      unauthorized: 401,
      'unknown-room': 404,
      'unknown-stream': 404,
      'unknown-path': 404,
      'unknown-command': 400,
      'malformed-json': 400,
      'wrong-arity': 400,
      'bad-value': 400,
      'wrong-method': 405,
      'ambiguous-room': 400,
      'room-full': 400,
    },
    realm: 'Flussonic',
  },
  server: { header: 'Streamer 20.08', version: '20.08' },
  video: {
    canvasWidth: 1280,
    canvasHeight: 720,
    fps: 25,
    bitrateKbps: 1500,
    gridRule: 'ceil-sqrt',
    centreLastRow: true,
    cellFit: 'letterbox',
    background: '#000000',
    placeholderAfterMs: 2000,
  },
  audio: {
    opusComplexity: 4,
    rampMs: 5,
    jitterBuffer: { earlinessFloorMs: 5, maxDelayMs: 240 },
  },
  sessions: { silenceTimeoutMs: 10_000, connectTimeoutMs: 15_000, lostTimeoutMs: 10_000 },
  signalling: {
    errorFrames: true,
    // Where the standard has no code, 4000 plus the HTTP status.
    closeCodes: {
      'closed-by-client': 1000,
      'closed-by-server': 1001,
      replaced: 4409,
      'never-connected': 4408,
      'connection-lost': 4408,
      silent: 4408,
      'bad-request': 4400,
      forbidden: 4403,
      'unknown-stream': 4404,
      'too-many-errors': 1008,
      'internal-error': 1011,
    },
  },
});
