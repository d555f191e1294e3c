import type { StreamConfig } from '../config/types.ts';
import type { Profile } from '../profile.ts';
import type { CommandOutcome } from '../rooms/commands.ts';
import type { Room, RoomListener, TrackSelection } from '../rooms/types.ts';
import type { PlayOffer, PlaySession, PublishSession } from '../webrtc/types.ts';
import type { RoomMeter } from './room-meter.ts';

/** A stream as the information calls show it: a room, a configured stream, or one that is being published. */
export interface StreamInfo {
  readonly name: string;
  /** The input's URL: `mosaic2://`, `publish://`. */
  readonly inputUrl: string;
  /** `config` where it stands in the configuration, `user` where the API or a publisher made it. */
  readonly namedBy: 'config' | 'user';
  /** True: it has media now (a room always, a publishing point while somebody publishes). */
  readonly alive: boolean;
  readonly createdAtMs: number;
  /** Viewers connected to it. */
  readonly clientCount: number;
  readonly bitrateKbps: number;
  readonly tracks: readonly TrackInfo[];
  /** The room behind the stream, where it is one. */
  readonly room?: Room;
}

/** One track as `media_info.json` shows it. */
export interface TrackInfo {
  /** `a1`, `v1`. */
  readonly trackId: string;
  readonly content: 'audio' | 'video';
  readonly codec: 'opus' | 'h264';
  /** `all` or a member's stream name, for the tracks of a room. */
  readonly title?: string;
  readonly bitrateKbps?: number;
  readonly sampleRateHz?: number;
  readonly channels?: number;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
}

/** A session as the information calls show it. */
export interface SessionInfo {
  readonly session: PlaySession | PublishSession;
  readonly stream: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
  /** Tracks a viewer gets at present, `['v1', 'a3']`. */
  readonly tracks: readonly string[];
}

/** Who asks: for logs and the sessions list. */
export interface ClientInfo {
  readonly remoteAddress: string;
  readonly userAgent: string;
}

/**
 * All that the HTTP routes may ask of the emulator. The routes know requests and answers, and nothing of
 * mixers and codecs.
 */
export interface Services {
  readonly profile: Profile;
  readonly startedAtMs: number;
  /** Runs a call on `/flussonic/api/dynamic_mosaic/`. `body` is the raw request body. */
  managerCommand(body: string): CommandOutcome;
  /** Runs a call on `/flussonic/api/dynamic_mosaic/NAME`. */
  roomCommand(roomPath: string, body: string): CommandOutcome;
  /**
   * Takes a publisher's offer; an older publisher of the same stream is ended.
   * @throws InvalidSdpError, StreamNotFoundError, PublishForbiddenError
   */
  publish(
    stream: string,
    offer: string,
    password: string | undefined,
    client: ClientInfo,
  ): Promise<PublishSession>;
  /**
   * Takes a viewer's offer.
   * @throws InvalidSdpError, StreamNotFoundError
   */
  play(stream: string, offer: string, tracks: TrackSelection, client: ClientInfo): Promise<PlaySession>;
  /**
   * Makes an offer to a viewer whose client waits for one; its `accept` throws StreamNotFoundError, too, where
   * the stream has gone meanwhile.
   * @throws StreamNotFoundError
   */
  offerPlay(stream: string, tracks: TrackSelection, client: ClientInfo): Promise<PlayOffer>;
  /**
   * Changes the tracks of a running play session; an empty selection is the default one.
   * @returns the tracks in force afterwards, or `undefined` where there is no such play session on `stream`
   */
  selectTracks(stream: string, sessionId: string, tracks: TrackSelection): readonly string[] | undefined;
  /** Follows the rooms and their members. @returns ends it */
  onRoomEvent(listener: RoomListener): () => void;
  /** The present canvas of a room as a JPEG file; undefined for what has none. */
  preview(stream: string): Promise<Buffer> | undefined;
  /** Measures a room's levels until the meter is closed; undefined where there is no such room. */
  openMeter(room: string): RoomMeter | undefined;
  /** True as soon as the emulator is being closed: whoever keeps a request open ends it then. */
  readonly isClosing: boolean;
  session(id: string): SessionInfo | undefined;
  sessions(): readonly SessionInfo[];
  /** Sorted by name. */
  streams(): readonly StreamInfo[];
  stream(name: string): StreamInfo | undefined;
  /**
   * Makes a stream as if it stood in the configuration, or changes the one that has the name.
   * @throws RoomError `bad-value` where the name stands for something that is in use
   */
  configureStream(stream: StreamConfig): StreamInfo;
  /**
   * Removes a stream, whatever it is, and ends its publisher and viewers.
   * @returns false where there is none
   */
  removeStream(name: string): boolean;
}

/** Nobody knows that stream: 404. */
export class StreamNotFoundError extends Error {
  override readonly name = 'StreamNotFoundError';
}

/** That stream exists and may not be published to, or not with this password: 403. */
export class PublishForbiddenError extends Error {
  override readonly name: string = 'PublishForbiddenError';
}

/** That stream may be published to, with another password or token than the one given, or with one at all. */
export class PublishPasswordError extends PublishForbiddenError {
  override readonly name = 'PublishPasswordError';
}
