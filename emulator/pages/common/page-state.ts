/** What the pages show of the emulator, sent about once a second and whenever a room changes. */
export interface PageState {
  /** Of the server, in ms since 1970. */
  readonly nowMs: number;
  readonly version: string;
  /** True: commands need the user and the password of `edit_auth`. */
  readonly needsEditAuth: boolean;
  /** Name of the track in which everybody is heard; no member can have it. */
  readonly allName: string;
  /** The first of them, where there are very many. */
  readonly rooms: readonly RoomState[];
  readonly roomCount: number;
  /** Names of streams that somebody publishes now; the first of them, as above. */
  readonly published: readonly string[];
  readonly sessions: readonly SessionState[];
  readonly sessionCount: number;
}

export interface RoomState {
  readonly name: string;
  readonly bitrateKbps: number;
  readonly sampleRateHz: number;
  readonly samplesPerFrame: number;
  /** `1280×720, 25 fps`; missing for a room of sound alone. */
  readonly picture?: string;
  readonly createdAtMs: number;
  readonly viewerCount: number;
  /** Of the track in which everybody is heard: `a1`. */
  readonly allTrackId: string;
  /** In order of joining. */
  readonly members: readonly MemberState[];
}

export interface MemberState {
  readonly stream: string;
  /** Of the track in which everybody else is heard: `a3`. */
  readonly trackId: string;
  readonly publishing: boolean;
  readonly audioMuted: boolean;
  readonly videoMuted: boolean;
}

export interface SessionState {
  /** Tells sessions apart; not the id with which a session can be ended. */
  readonly key: string;
  readonly kind: 'publish' | 'play';
  readonly stream: string;
  readonly remoteAddress: string;
  readonly connected: boolean;
  readonly tracks: readonly string[];
  readonly startedAtMs: number;
  readonly packets: number;
  readonly bytes: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs?: number;
}

/** Levels, sent about ten times a second: one entry for each room that is watched. */
export type PageLevels = readonly RoomLevelState[];

export interface RoomLevelState {
  readonly name: string;
  /** Stream, level in dBFS, and how long its sound waits until it is mixed, in ms. */
  readonly members: readonly (readonly [stream: string, dbfs: number, delayMs: number])[];
  /** Track and level in dBFS, for the tracks that somebody listens to. */
  readonly tracks: readonly (readonly [trackId: string, dbfs: number])[];
}
