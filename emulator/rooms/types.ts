import type { OpusParameters } from '../../media/opus-parameters.ts';

/** What is known of one member of a room. */
export interface Member {
  /** The stream that publishes this member's sound and picture. */
  readonly stream: string;
  /** Number of the member's own audio track: 3 for `a3`. */
  readonly trackNumber: number;
  /** Muted on the server by `mute-audio`: missing from every other member's mix and from `all`. */
  readonly audioMuted: boolean;
  /** Muted on the server by `mute_video`: a placeholder in the grid. */
  readonly videoMuted: boolean;
}

/** A chat room: one mosaic stream. */
export interface Room {
  readonly name: string;
  readonly opus: OpusParameters;
  /** True: the room has no video track at all (the documented default). */
  readonly disableVideo: boolean;
  /** True: the room stands in the configuration file. */
  readonly configured: boolean;
  readonly createdAtMs: number;
  /** In order of joining; `all` is not among them. */
  readonly members: readonly Member[];
}

/**
 * What happened to a room; told in order, after the state has changed. `room` is the room as this step left
 * it. When a room with members is removed, each member's removal is told before the room's.
 */
export type RoomEvent =
  | { readonly type: 'room-added'; readonly room: Room }
  | { readonly type: 'room-removed'; readonly room: Room }
  | { readonly type: 'room-changed'; readonly room: Room }
  | { readonly type: 'member-added'; readonly room: Room; readonly member: Member }
  | { readonly type: 'member-removed'; readonly room: Room; readonly member: Member }
  | { readonly type: 'member-changed'; readonly room: Room; readonly member: Member };

/** Takes what happened; may call the registry, whose further events then follow in order. */
export type RoomListener = (event: RoomEvent) => void;

/** Which audio and video track of a stream a viewer wants: `v1a3` is `{ video: 1, audio: 3 }`. */
export interface TrackSelection {
  /** Number of the audio track, or `undefined` for none asked (the default applies). */
  readonly audio?: number;
  readonly video?: number;
}
