import type { ServerConfig, StreamConfig } from '../config/types.ts';
import type { SecretCheck } from '../http/auth.ts';
import { type StreamInfo, StreamNotFoundError } from '../http/services.ts';
import type { Profile } from '../profile.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import { PublishingPoints } from './publishing-points.ts';
import { type BroadcastFacts, broadcastInfo, roomInfo } from './stream-list.ts';

/** What runs at present. */
export interface RunningStreams {
  /** Names that somebody publishes or watches, and are no rooms. */
  broadcasting(): Iterable<string>;
  /** `undefined` where nobody publishes or watches the stream. */
  broadcast(name: string): BroadcastFacts | undefined;
  viewerCount(name: string): number;
}

export interface StreamDirectoryOptions {
  readonly config: ServerConfig;
  readonly rooms: RoomRegistry;
  readonly profile: Profile;
  readonly startedAtMs: number;
  readonly isSameSecret: SecretCheck;
}

/** All streams by name: rooms, and what is published or may be. It knows nothing of media. */
export class StreamDirectory {
  readonly #options: StreamDirectoryOptions;
  readonly #rooms: RoomRegistry;
  readonly #running: RunningStreams;
  readonly #points: PublishingPoints;

  constructor(options: StreamDirectoryOptions, running: RunningStreams) {
    this.#options = options;
    this.#rooms = options.rooms;
    this.#running = running;
    const isInUse = (name: string) => running.broadcast(name) !== undefined;
    this.#points = new PublishingPoints(options.config, options.rooms, isInUse, options.isSameSecret);
    options.rooms.reserveNames((name) => this.#points.ownerOf(name));
  }

  /** Sorted by name. */
  all(): readonly StreamInfo[] {
    const names = new Set([
      ...this.#points.names(),
      ...this.#running.broadcasting(),
      ...this.#rooms.rooms().map((room) => room.name),
    ]);
    return [...names].sort().flatMap((name) => this.find(name) ?? []);
  }

  find(name: string): StreamInfo | undefined {
    const { profile, startedAtMs } = this.#options;
    const clientCount = this.#running.viewerCount(name);
    const room = this.#rooms.room(name);
    if (room !== undefined) return roomInfo(room, clientCount, profile);
    const broadcast = this.#running.broadcast(name);
    const point = this.#points.find(name);
    // A template allows names without end: they are streams once somebody uses them.
    if (point === undefined || (broadcast === undefined && !this.#points.isNamed(name))) return undefined;
    return broadcastInfo(name, point, broadcast, clientCount, startedAtMs);
  }

  /**
   * @throws StreamNotFoundError
   */
  require(name: string): StreamInfo {
    const stream = this.find(name);
    if (stream !== undefined) return stream;
    throw new StreamNotFoundError(`There is no stream ${name}: nobody publishes it, and it is no room.`);
  }

  /**
   * Says whether a stream may be published to, as {@link PublishingPoints.authorise} does.
   * @throws StreamNotFoundError, PublishForbiddenError, PublishPasswordError
   */
  authorise(name: string, password: string | undefined): void {
    this.#points.authorise(name, password);
  }

  /**
   * Makes a stream as if it stood in the configuration, or changes the one that has the name.
   * @throws RoomError `bad-value` where the name stands for something that is in use
   */
  configure(stream: StreamConfig): StreamInfo {
    const { name, mosaic } = stream;
    const before = this.#points.forget(name);
    try {
      const room = this.#rooms.room(name);
      // Whether it has a picture is settled when a room is made: another kind of room is another room.
      if (room !== undefined && room.disableVideo !== mosaic?.disableVideo) this.#rooms.removeRoom(name);
      if (mosaic !== undefined) this.#rooms.addRoom(name, { ...mosaic, configured: true });
    } catch (error) {
      if (before !== undefined) this.#points.configure(before);
      throw error;
    }
    this.#points.configure(stream);
    return this.find(name)!;
  }

  /**
   * Removes a stream, whatever it is; those who use it are the caller's to end.
   * @returns false where there is none
   */
  remove(name: string): boolean {
    if (this.find(name) === undefined) return false;
    this.#points.forget(name);
    if (this.#rooms.room(name) !== undefined) this.#rooms.removeRoom(name);
    return true;
  }
}
