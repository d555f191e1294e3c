import type { MixFault } from '../audio/mix-fault.ts';
import type { RoomMixerOptions } from '../audio/room-mixer.ts';
import type { ServerConfig, StreamConfig } from '../config/types.ts';
import type { RoomMeter } from '../http/room-meter.ts';
import { type ClientInfo, type Services, type StreamInfo, StreamNotFoundError } from '../http/services.ts';
import type { Logger } from '../logger.ts';
import type { Profile } from '../profile.ts';
import type { CommandTable } from '../rooms/command-table.ts';
import { runManagerCommand, runRoomCommand } from '../rooms/commands.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import type { Room, RoomEvent, RoomListener, TrackSelection } from '../rooms/types.ts';
import type { RoomPictureOptions } from '../video/room-picture.ts';
import type { VideoParts } from '../video/video-parts.ts';
import type { SessionOptions } from '../webrtc/session.ts';
import type { PlayOffer, PlaySession, PublishSession, WebRtcSession } from '../webrtc/types.ts';
import { Broadcast } from './broadcast.ts';
import type { LiveParts } from './live-parts.ts';
import { LiveRoom } from './live-room.ts';
import { loadWebRtc } from './load-web-rtc.ts';
import { PendingOffers } from './pending-offers.ts';
import { PublishingPoints } from './publishing-points.ts';
import { RoomSound } from './room-sound.ts';
import { RoomVideo } from './room-video.ts';
import { SessionTable } from './session-table.ts';
import { broadcastInfo, roomInfo } from './stream-list.ts';

/** What the live part of the emulator is put together from. */
export interface LiveServicesOptions {
  readonly config: ServerConfig;
  readonly profile: Profile;
  /** Still empty: its rooms are followed from the first on. */
  readonly rooms: RoomRegistry;
  readonly mixer: RoomMixerOptions;
  readonly videoParts?: VideoParts | undefined;
  readonly liveParts?: LiveParts | undefined;
  readonly webRtc: SessionOptions;
  readonly logger: Logger;
  readonly commands?: CommandTable | undefined;
}

/**
 * The running emulator behind its HTTP routes: brings together rooms, publishers, mixers and viewers. The
 * way of a packet: publish session → broadcast and the rooms that have the stream → mixer → play sessions.
 */
export class LiveServices implements Services {
  readonly profile: Profile;
  readonly startedAtMs = Date.now();
  readonly #options: LiveServicesOptions;
  readonly #rooms: RoomRegistry;
  readonly #points: PublishingPoints;
  /** By stream, from the first publisher or viewer until nobody is left. */
  readonly #broadcasts = new Map<string, Broadcast>();
  /** By room. */
  readonly #live = new Map<string, LiveRoom>();
  /** By member's stream: the rooms that its packets go to. */
  readonly #roomsOf = new Map<string, Set<LiveRoom>>();
  readonly #sessions = new SessionTable();
  readonly #offers = new PendingOffers();
  readonly #unsubscribe: () => void;
  #closed = false;

  constructor(options: LiveServicesOptions) {
    const { logger } = options;
    const onError = ({ error, ...what }: MixFault) => logger.error({ ...what, err: error }, 'sound');
    this.#options = { ...options, mixer: { onError, ...options.mixer } };
    this.profile = options.profile;
    this.#rooms = options.rooms;
    this.#points = new PublishingPoints(options.config, options.rooms, (name) => this.#broadcasts.has(name));
    options.rooms.reserveNames((name) => this.#points.ownerOf(name));
    this.#unsubscribe = options.rooms.onEvent((event) => this.#onRoomEvent(event));
  }

  get isClosing(): boolean {
    return this.#closed;
  }

  managerCommand(body: string) {
    return runManagerCommand(this.#commandDeps, body);
  }

  roomCommand(roomPath: string, body: string) {
    return runRoomCommand(this.#commandDeps, roomPath, body);
  }

  async publish(
    stream: string,
    offer: string,
    password: string | undefined,
    client: ClientInfo,
  ): Promise<PublishSession> {
    const check = () => this.#points.authorise(stream, password);
    check();
    const session = await (await loadWebRtc()).createPublishSession(offer, this.#options.webRtc);
    this.#checkAgain(session, check);
    const broadcast = this.#broadcast(stream);
    // The newer publisher wins: clients that come back do not say goodbye to their old session.
    void broadcast.publisher?.close('replaced');
    broadcast.setPublisher(session);
    for (const room of this.#roomsOf.get(stream) ?? []) room.restartMember(stream, session);
    // Until its transport is closed, a replaced publisher goes on to send.
    const isReplaced = () => broadcast.publisher !== session;
    session.onAudio = (packet, arrivalMs) => {
      if (isReplaced()) return;
      broadcast.pushAudio(packet, arrivalMs);
      for (const room of this.#roomsOf.get(stream) ?? []) room.pushAudio(stream, packet, arrivalMs);
    };
    session.onVideo = (packet, arrivalMs) => {
      if (isReplaced()) return;
      broadcast.pushVideo(packet, arrivalMs);
      for (const room of this.#roomsOf.get(stream) ?? []) room.pushVideo(stream, packet, arrivalMs);
    };
    this.#sessions.add(session, stream, client);
    const { logger } = this.#options;
    logger.info({ stream, session: session.id }, 'publisher came');
    void session.ended.then((reason) => {
      logger.info({ stream, session: session.id, reason }, 'publisher went');
      if (broadcast.publisher === session) {
        broadcast.setPublisher(undefined);
        for (const room of this.#roomsOf.get(stream) ?? []) room.endMember(stream);
      }
      this.#forgetIfIdle(stream);
    });
    return session;
  }

  async play(
    stream: string,
    offer: string,
    tracks: TrackSelection,
    client: ClientInfo,
  ): Promise<PlaySession> {
    const check = () => this.#requireStream(stream);
    check();
    const session = await (await loadWebRtc()).createPlaySession(offer, {
      ...this.#options.webRtc,
      audio: true,
      video: this.#mayHaveVideo(stream),
    });
    this.#checkAgain(session, check);
    this.#view(session, stream, tracks, client);
    return session;
  }

  async offerPlay(stream: string, tracks: TrackSelection, client: ClientInfo): Promise<PlayOffer> {
    const check = () => this.#requireStream(stream);
    check();
    const offer = await (await loadWebRtc()).createPlayOffer({
      ...this.#options.webRtc,
      video: this.#mayHaveVideo(stream),
    });
    this.#checkAgain(offer, check);
    this.#offers.add(offer, stream);
    const accept = (answer: string) => {
      check();
      const session = offer.accept(answer);
      this.#view(session, stream, tracks, client);
      return session;
    };
    const { id, sdp, ended } = offer;
    return { id, sdp, ended, accept, close: (reason) => offer.close(reason) };
  }

  selectTracks(stream: string, sessionId: string, tracks: TrackSelection): readonly string[] | undefined {
    const viewing = this.#sessions.viewing(stream, sessionId);
    viewing?.select(tracks);
    return viewing?.tracks();
  }

  session(id: string) {
    return this.#sessions.get(id);
  }

  sessions() {
    return this.#sessions.all();
  }

  streams(): readonly StreamInfo[] {
    const names = new Set([
      ...this.#points.names(),
      ...this.#broadcasts.keys(),
      ...this.#rooms.rooms().map((room) => room.name),
    ]);
    return [...names].sort().flatMap((name) => this.stream(name) ?? []);
  }

  stream(name: string): StreamInfo | undefined {
    const clientCount = this.#sessions.viewersOf(name).length;
    const room = this.#rooms.room(name);
    if (room !== undefined) return roomInfo(room, clientCount, this.profile);
    const broadcast = this.#broadcasts.get(name);
    const point = this.#points.find(name);
    // A template allows names without end: they are streams once somebody uses them.
    if (point === undefined || (broadcast === undefined && !this.#points.isNamed(name))) return undefined;
    return broadcastInfo(name, point, broadcast, clientCount, this.startedAtMs);
  }

  configureStream(stream: StreamConfig): StreamInfo {
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
    return this.stream(name)!;
  }

  removeStream(name: string): boolean {
    if (this.stream(name) === undefined) return false;
    this.#points.forget(name);
    if (this.#rooms.room(name) !== undefined) this.#rooms.removeRoom(name);
    for (const { session, stream } of this.sessions()) {
      if (stream === name) void session.close('closed-by-server');
    }
    void this.#offers.close(name);
    return true;
  }

  onRoomEvent(listener: RoomListener): () => void {
    return this.#rooms.onEvent(listener);
  }

  preview(name: string): Promise<Buffer> | undefined {
    return this.#live.get(name)?.snapshot();
  }

  openMeter(room: string): RoomMeter | undefined {
    return this.#live.get(room)?.openMeter();
  }

  /** Ends every session and clock. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    await Promise.all(this.sessions().map(({ session }) => session.close('closed-by-server')));
    await this.#offers.close();
    await Promise.all([...this.#live.values()].map((room) => room.close()));
    for (const broadcast of this.#broadcasts.values()) broadcast.close();
  }

  get #commandDeps() {
    const { commands } = this.#options;
    const deps = { registry: this.#rooms, profile: this.profile, now: Date.now };
    return commands === undefined ? deps : { ...deps, commands };
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
      this.#forgetIfIdle(event.member.stream);
    }
    if (event.type !== 'room-removed') return;
    for (const viewer of this.#sessions.viewersOf(name)) void viewer.close('closed-by-server');
    void this.#offers.close(name);
    void room.close();
    this.#live.delete(name);
  }

  /** Sends a stream to a viewer from here on. */
  #view(session: PlaySession, stream: string, tracks: TrackSelection, client: ClientInfo): void {
    const room = this.#live.get(stream);
    const viewing = room?.play(session, tracks) ?? this.#broadcast(stream).play(session, tracks);
    this.#sessions.add(session, stream, client, viewing);
    const { logger } = this.#options;
    logger.info({ stream, session: session.id, tracks: viewing.tracks() }, 'viewer came');
    void session.ended.then((reason) => {
      logger.info({ stream, session: session.id, reason }, 'viewer went');
      this.#forgetIfIdle(stream);
    });
  }

  #openRoom(room: Room): LiveRoom {
    const { mixer, videoParts, liveParts, logger } = this.#options;
    const sound = new RoomSound(room, this.profile.rooms.allTrackNumber, mixer, liveParts);
    if (room.disableVideo) return new LiveRoom(sound, undefined);
    const options: RoomPictureOptions = {
      onKeyframeRequest: (stream) => this.#broadcasts.get(stream)?.publisher?.requestKeyframe(),
      onMissing: (stream, numbers) => this.#broadcasts.get(stream)?.publisher?.requestPackets(numbers),
      onError: (reason, stream) => logger.warn({ room: room.name, stream, reason }, 'picture'),
      ...(videoParts && { parts: videoParts }),
    };
    return new LiveRoom(sound, new RoomVideo(room, this.profile.video, options, liveParts));
  }

  /** Packets of `stream` go to `room` from here on, or no more. */
  #route(stream: string, room: LiveRoom, open: boolean): void {
    const rooms = this.#roomsOf.get(stream) ?? new Set();
    if (open) rooms.add(room);
    else rooms.delete(room);
    if (rooms.size === 0) this.#roomsOf.delete(stream);
    else this.#roomsOf.set(stream, rooms);
  }

  #broadcast(stream: string): Broadcast {
    const present = this.#broadcasts.get(stream);
    if (present !== undefined) return present;
    const { mixer, logger } = this.#options;
    const onError = (reason: string) => logger.warn({ stream, reason }, 'picture');
    const broadcast = new Broadcast(Date.now(), mixer, { onError });
    this.#broadcasts.set(stream, broadcast);
    return broadcast;
  }

  /** A stream nobody publishes, watches or has in a room leaves nothing behind. */
  #forgetIfIdle(stream: string): void {
    const broadcast = this.#broadcasts.get(stream);
    if (broadcast === undefined || broadcast.publisher !== undefined) return;
    if (this.#sessions.viewersOf(stream).length > 0) return;
    broadcast.close();
    this.#broadcasts.delete(stream);
  }

  /**
   * The room or the stream may have gone while the session was made: then so does the session.
   * @throws what `check` throws, StreamNotFoundError where the emulator is being closed
   */
  #checkAgain(session: Pick<WebRtcSession, 'close'>, check: () => void): void {
    try {
      if (this.#closed) throw new StreamNotFoundError('The server is being closed.');
      check();
    } catch (error) {
      void session.close('closed-by-server');
      throw error;
    }
  }

  #mayHaveVideo(stream: string): boolean {
    return this.#live.get(stream)?.hasVideo ?? this.#broadcasts.get(stream)?.mayHaveVideo ?? true;
  }

  #requireStream(stream: string): void {
    if (this.stream(stream) !== undefined) return;
    throw new StreamNotFoundError(`There is no stream ${stream}: nobody publishes it, and it is no room.`);
  }
}
