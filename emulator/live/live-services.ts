import type { ServerConfig, StreamConfig } from '../config/types.ts';
import type { RoomMeter } from '../http/room-meter.ts';
import { isSameSecret } from '../http/same-secret.ts';
import { type ClientInfo, type Services, type StreamInfo, StreamNotFoundError } from '../http/services.ts';
import type { CommandTable } from '../rooms/command-table.ts';
import { runManagerCommand, runRoomCommand } from '../rooms/commands.ts';
import type { RoomListener, TrackSelection } from '../rooms/types.ts';
import type { LineFaults } from '../webrtc/faulty-endpoint.ts';
import type { SessionOptions } from '../webrtc/session.ts';
import type { PlayOffer, PlaySession, PublishSession, WebRtcSession } from '../webrtc/types.ts';
import { loadWebRtc } from './load-web-rtc.ts';
import { PendingOffers } from './pending-offers.ts';
import { SessionTable } from './session-table.ts';
import { StreamDirectory } from './stream-directory.ts';
import { Switchboard, type SwitchboardOptions } from './switchboard.ts';

/** What the live part of the emulator is put together from. */
export interface LiveServicesOptions extends SwitchboardOptions {
  readonly config: ServerConfig;
  readonly webRtc: SessionOptions;
  readonly commands?: CommandTable | undefined;
  /** Faults on purpose; missing: none. */
  readonly faults?: LiveFaults | undefined;
}

/** Makes what lies between each client and its session. */
export interface LiveFaults {
  publisher(stream: string): LineFaults;
  /** @param name of a room, or of a stream that is watched directly */
  viewer(name: string): LineFaults;
}

/**
 * The running emulator behind its HTTP routes: who may publish and watch what, and the sessions that come of it. The
 * way of a packet: publish session → switchboard → broadcast and the rooms that have the stream → play sessions.
 */
export class LiveServices implements Services {
  readonly profile: SwitchboardOptions['profile'];
  readonly startedAtMs = Date.now();
  readonly #options: LiveServicesOptions;
  readonly #rooms: SwitchboardOptions['rooms'];
  readonly #directory: StreamDirectory;
  readonly #switchboard: Switchboard;
  readonly #sessions = new SessionTable();
  readonly #offers = new PendingOffers();
  readonly #unsubscribe: () => void;
  #closed = false;

  constructor(options: LiveServicesOptions) {
    this.#options = options;
    this.profile = options.profile;
    this.#rooms = options.rooms;
    this.#directory = new StreamDirectory(
      { ...options, startedAtMs: this.startedAtMs, isSameSecret },
      {
        broadcasting: () => this.#switchboard.broadcasting,
        broadcast: (name) => this.#switchboard.broadcast(name),
        viewerCount: (name) => this.#sessions.viewersOf(name).length,
      },
    );
    this.#switchboard = new Switchboard(options, (name) => this.#sessions.viewersOf(name).length > 0);
    this.#unsubscribe = options.rooms.onEvent(({ type, room }) => {
      if (type === 'room-removed') this.#endViewers(room.name);
    });
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
    const check = () => this.#directory.authorise(stream, password);
    check();
    const session = await (await loadWebRtc()).createPublishSession(offer, {
      ...this.#options.webRtc,
      faults: this.#options.faults?.publisher(stream),
    });
    this.#checkAgain(session, check);
    this.#switchboard.publish(stream, session);
    this.#sessions.add(session, stream, client);
    const { logger } = this.#options;
    logger.info({ stream, session: session.id }, 'publisher came');
    void session.ended.then((reason) => {
      logger.info({ stream, session: session.id, reason }, 'publisher went');
    });
    return session;
  }

  async play(
    stream: string,
    offer: string,
    tracks: TrackSelection,
    client: ClientInfo,
  ): Promise<PlaySession> {
    const check = () => void this.#directory.require(stream);
    check();
    const session = await (await loadWebRtc()).createPlaySession(offer, {
      ...this.#options.webRtc,
      faults: this.#options.faults?.viewer(stream),
      audio: true,
      video: this.#switchboard.mayHaveVideo(stream),
    });
    this.#checkAgain(session, check);
    this.#view(session, stream, tracks, client);
    return session;
  }

  async offerPlay(stream: string, tracks: TrackSelection, client: ClientInfo): Promise<PlayOffer> {
    const check = () => void this.#directory.require(stream);
    check();
    const offer = await (await loadWebRtc()).createPlayOffer({
      ...this.#options.webRtc,
      faults: this.#options.faults?.viewer(stream),
      video: this.#switchboard.mayHaveVideo(stream),
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
    return this.#sessions.selectTracks(stream, sessionId, tracks);
  }

  session(id: string) {
    return this.#sessions.get(id);
  }

  sessions() {
    return this.#sessions.all();
  }

  streams(): readonly StreamInfo[] {
    return this.#directory.all();
  }

  stream(name: string): StreamInfo | undefined {
    return this.#directory.find(name);
  }

  configureStream(stream: StreamConfig): StreamInfo {
    return this.#directory.configure(stream);
  }

  removeStream(name: string): boolean {
    if (!this.#directory.remove(name)) return false;
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
    return this.#switchboard.room(name)?.snapshot();
  }

  openMeter(room: string): RoomMeter | undefined {
    return this.#switchboard.room(room)?.openMeter();
  }

  /** Ends every session and clock. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#switchboard.unfollow();
    await Promise.all(this.sessions().map(({ session }) => session.close('closed-by-server')));
    await this.#offers.close();
    await this.#switchboard.close();
  }

  get #commandDeps() {
    const { commands } = this.#options;
    const deps = { registry: this.#rooms, profile: this.profile, now: Date.now };
    return commands === undefined ? deps : { ...deps, commands };
  }

  #endViewers(stream: string): void {
    for (const viewer of this.#sessions.viewersOf(stream)) void viewer.close('closed-by-server');
    void this.#offers.close(stream);
  }

  /** Sends a stream to a viewer from here on. */
  #view(session: PlaySession, stream: string, tracks: TrackSelection, client: ClientInfo): void {
    const viewing = this.#switchboard.play(stream, session, tracks);
    this.#sessions.add(session, stream, client, viewing);
    const { logger } = this.#options;
    logger.info({ stream, session: session.id, tracks: viewing.tracks() }, 'viewer came');
    void session.ended.then((reason) => {
      logger.info({ stream, session: session.id, reason }, 'viewer went');
      this.#switchboard.forgetIfIdle(stream);
    });
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
}
