import type { MixFault } from '../audio/mix-fault.ts';
import type { RoomMixerOptions } from '../audio/room-mixer.ts';
import type { Logger } from '../logger.ts';
import type { Profile } from '../profile.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import type { Room, RoomEvent, TrackSelection } from '../rooms/types.ts';
import type { RoomPictureOptions } from '../video/room-picture.ts';
import type { VideoParts } from '../video/video-parts.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import { Broadcast } from './broadcast.ts';
import type { LiveParts } from './live-parts.ts';
import { LiveRoom } from './live-room.ts';
import { RoomSound } from './room-sound.ts';
import { RoomVideo } from './room-video.ts';
import type { Viewing } from './viewing.ts';

/** What rooms and broadcasts are made of. */
export interface SwitchboardOptions {
  /** Still empty: its rooms are followed from the first on. */
  readonly rooms: RoomRegistry;
  readonly profile: Profile;
  readonly mixer: RoomMixerOptions;
  readonly videoParts?: VideoParts | undefined;
  readonly liveParts?: LiveParts | undefined;
  readonly logger: Logger;
}

/**
 * Brings publishers and viewers together: the packets of a stream go to its broadcast, and to every room that has
 * the stream; viewers watch the one or the other.
 */
export class Switchboard {
  readonly #options: SwitchboardOptions;
  /** Whether somebody watches a stream directly or a room of that name. */
  readonly #isWatched: (stream: string) => boolean;
  /** By stream, from the first publisher or viewer until nobody is left. */
  readonly #broadcasts = new Map<string, Broadcast>();
  /** By room. */
  readonly #live = new Map<string, LiveRoom>();
  /** By member's stream: the rooms that its packets go to. */
  readonly #roomsOf = new Map<string, Set<LiveRoom>>();
  readonly #unsubscribe: () => void;

  constructor(options: SwitchboardOptions, isWatched: (stream: string) => boolean) {
    const { logger, mixer } = options;
    const onError = ({ error, ...what }: MixFault) => logger.error({ ...what, err: error }, 'sound');
    this.#options = { ...options, mixer: { onError, ...mixer } };
    this.#isWatched = isWatched;
    this.#unsubscribe = options.rooms.onEvent((event) => this.#onRoomEvent(event));
  }

  room(name: string): LiveRoom | undefined {
    return this.#live.get(name);
  }

  /** That of a stream which somebody publishes or watches directly. */
  broadcast(stream: string): Broadcast | undefined {
    return this.#broadcasts.get(stream);
  }

  /** Names of the streams that have a broadcast. */
  get broadcasting(): Iterable<string> {
    return this.#broadcasts.keys();
  }

  /** False where a viewer of that name is known to get sound only. */
  mayHaveVideo(stream: string): boolean {
    return this.#live.get(stream)?.hasVideo ?? this.#broadcasts.get(stream)?.mayHaveVideo ?? true;
  }

  /** Takes a publisher, until its session ends. The newer one wins: clients that come back do not say goodbye. */
  publish(stream: string, session: PublishSession): void {
    const broadcast = this.#openBroadcast(stream);
    void broadcast.publisher?.close('replaced');
    broadcast.setPublisher(session);
    for (const room of this.#roomsWith(stream)) room.restartMember(stream, session);
    // Until its transport is closed, a replaced publisher goes on to send.
    const isReplaced = () => broadcast.publisher !== session;
    session.onAudio = (packet, arrivalMs) => {
      if (isReplaced()) return;
      broadcast.pushAudio(packet, arrivalMs);
      for (const room of this.#roomsWith(stream)) room.pushAudio(stream, packet, arrivalMs);
    };
    session.onVideo = (packet, arrivalMs) => {
      if (isReplaced()) return;
      broadcast.pushVideo(packet, arrivalMs);
      for (const room of this.#roomsWith(stream)) room.pushVideo(stream, packet, arrivalMs);
    };
    void session.ended.then(() => {
      if (!isReplaced()) {
        broadcast.setPublisher(undefined);
        for (const room of this.#roomsWith(stream)) room.endMember(stream);
      }
      this.forgetIfIdle(stream);
    });
  }

  /** Sends a room, or else the stream of that name, to a viewer. */
  play(stream: string, session: PlaySession, tracks: TrackSelection): Viewing {
    return this.#live.get(stream)?.play(session, tracks) ?? this.#openBroadcast(stream).play(session, tracks);
  }

  /** A stream that nobody publishes or watches leaves nothing behind. */
  forgetIfIdle(stream: string): void {
    const broadcast = this.#broadcasts.get(stream);
    if (broadcast === undefined || broadcast.publisher !== undefined || this.#isWatched(stream)) return;
    broadcast.close();
    this.#broadcasts.delete(stream);
  }

  /** Follows the rooms no more. */
  unfollow(): void {
    this.#unsubscribe();
  }

  /** Ends all clocks. Idempotent. */
  async close(): Promise<void> {
    this.unfollow();
    await Promise.all([...this.#live.values()].map((room) => room.close()));
    for (const broadcast of this.#broadcasts.values()) broadcast.close();
  }

  #roomsWith(stream: string): Iterable<LiveRoom> {
    return this.#roomsOf.get(stream) ?? [];
  }

  #openBroadcast(stream: string): Broadcast {
    const present = this.#broadcasts.get(stream);
    if (present !== undefined) return present;
    const { mixer, logger } = this.#options;
    const onError = (reason: string) => logger.warn({ stream, reason }, 'picture');
    const broadcast = new Broadcast(Date.now(), mixer, { onError });
    this.#broadcasts.set(stream, broadcast);
    return broadcast;
  }

  #onRoomEvent(event: RoomEvent): void {
    const { name } = event.room;
    if (event.type === 'room-added') {
      this.#live.set(name, this.#openRoom(event.room));
      return;
    }
    const room = this.#live.get(name)!;
    room.apply(event);
    if (event.type === 'member-added') {
      const { stream } = event.member;
      this.#route(stream, room, true);
      const publisher = this.#broadcasts.get(stream)?.publisher;
      if (publisher !== undefined) room.restartMember(stream, publisher);
    }
    if (event.type === 'member-removed') {
      this.#route(event.member.stream, room, false);
      this.forgetIfIdle(event.member.stream);
    }
    if (event.type !== 'room-removed') return;
    void room.close();
    this.#live.delete(name);
  }

  #openRoom(room: Room): LiveRoom {
    const { profile, mixer, videoParts, liveParts, logger } = this.#options;
    const sound = new RoomSound(room, profile.rooms.allTrackNumber, mixer, liveParts);
    if (room.disableVideo) return new LiveRoom(sound, undefined);
    const publisherOf = (stream: string) => this.#broadcasts.get(stream)?.publisher;
    const options: RoomPictureOptions = {
      onKeyframeRequest: (stream) => publisherOf(stream)?.requestKeyframe(),
      onMissing: (stream, numbers) => publisherOf(stream)?.requestPackets(numbers),
      onError: (reason, stream) => logger.warn({ room: room.name, stream, reason }, 'picture'),
      ...(videoParts && { parts: videoParts }),
    };
    return new LiveRoom(sound, new RoomVideo(room, profile.video, options, liveParts));
  }

  /** Packets of `stream` go to `room` from here on, or no more. */
  #route(stream: string, room: LiveRoom, open: boolean): void {
    const rooms = this.#roomsOf.get(stream) ?? new Set();
    if (open) rooms.add(room);
    else rooms.delete(room);
    if (rooms.size === 0) this.#roomsOf.delete(stream);
    else this.#roomsOf.set(stream, rooms);
  }
}
