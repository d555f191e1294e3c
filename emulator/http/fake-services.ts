import type { StreamConfig } from '../config/types.ts';
import { defaultProfile, type Profile } from '../profile.ts';
import { type CommandDeps, runManagerCommand, runRoomCommand } from '../rooms/commands.ts';
import { RoomRegistry } from '../rooms/registry.ts';
import type { RoomListener, TrackSelection } from '../rooms/types.ts';
import {
  InvalidSdpError,
  type PlayOffer,
  type PlaySession,
  type PublishSession,
  type SessionEnd,
} from '../webrtc/types.ts';
import type { RoomMeter } from './room-meter.ts';
import {
  type ClientInfo,
  PublishForbiddenError,
  PublishPasswordError,
  type Services,
  type SessionInfo,
  type StreamInfo,
  StreamNotFoundError,
} from './services.ts';

/** The offer that the fake takes; anything else is refused as invalid. */
export const fakeOffer = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n';

/** A body of PATCH that restarts ICE; every other one counts as candidates. */
export const fakeRestart = 'a=ice-ufrag:NEW\r\n';

/**
 * Services without media, for tests of the routes: the real rooms, and sessions that only remember what they
 * were asked. The streams are the rooms and those given; one with a password wants it.
 */
export class FakeServices implements Services {
  readonly profile: Profile;
  readonly startedAtMs = 1_700_000_000_000;
  isClosing = false;
  readonly registry: RoomRegistry;
  /** What the routes called, in order. */
  readonly calls: unknown[][] = [];
  /** Meters that have not been closed. */
  openMeters = 0;
  /** Password by name of stream, `undefined` for none. */
  readonly #streams: Map<string, string | undefined>;
  readonly #sessions = new Map<string, SessionInfo>();
  readonly #deps: CommandDeps;

  constructor(streams: Readonly<Record<string, string | undefined>> = {}, profile = defaultProfile) {
    this.profile = profile;
    this.#streams = new Map(Object.entries(streams));
    this.registry = new RoomRegistry({ profile: profile.rooms, now: Date.now });
    this.#deps = { registry: this.registry, profile, now: Date.now };
  }

  managerCommand(body: string) {
    this.calls.push(['managerCommand', body]);
    return runManagerCommand(this.#deps, body);
  }

  roomCommand(roomPath: string, body: string) {
    this.calls.push(['roomCommand', roomPath, body]);
    return runRoomCommand(this.#deps, roomPath, body);
  }

  async publish(stream: string, offer: string, password: string | undefined, client: ClientInfo) {
    this.calls.push(['publish', stream, offer, password, client]);
    if (this.registry.room(stream)) throw new PublishForbiddenError('A room cannot be published to.');
    if (!this.#streams.has(stream)) throw new StreamNotFoundError('There is no such stream.');
    const wanted = this.#streams.get(stream);
    if (wanted !== undefined && wanted !== password) throw new PublishPasswordError('The password is wrong.');
    const session: PublishSession = {
      ...this.#session(offer),
      kind: 'publish',
      hasVideo: false,
      videoParameterSets: [],
      onAudio: undefined,
      onVideo: undefined,
      requestKeyframe: () => {},
      requestPackets: () => {},
    };
    this.#sessions.set(session.id, { session, stream, ...client, tracks: [] });
    return session;
  }

  async play(stream: string, offer: string, tracks: TrackSelection, client: ClientInfo) {
    this.calls.push(['play', stream, offer, tracks, client]);
    if (this.stream(stream) === undefined) throw new StreamNotFoundError('There is no such stream.');
    const session = this.#playSession(offer);
    this.#sessions.set(session.id, { session, stream, ...client, tracks: trackIds(tracks) });
    return session;
  }

  /** Takes the fake's offer for an answer, too. */
  async offerPlay(stream: string, tracks: TrackSelection, client: ClientInfo): Promise<PlayOffer> {
    this.calls.push(['offerPlay', stream, tracks, client]);
    if (this.stream(stream) === undefined) throw new StreamNotFoundError('There is no such stream.');
    let end: (reason: SessionEnd) => void = () => {};
    const ended = new Promise<SessionEnd>((resolve) => {
      end = resolve;
    });
    let session: PlaySession | undefined;
    return {
      id: `sid-${this.#sessions.size + 1}`,
      sdp: 'v=0\r\ns=offer\r\n',
      ended,
      accept: (answer) => {
        session = this.#playSession(answer);
        void session.ended.then(end);
        this.#sessions.set(session.id, { session, stream, ...client, tracks: trackIds(tracks) });
        return session;
      },
      close: async (reason) => {
        await session?.close(reason);
        end(reason);
      },
    };
  }

  selectTracks(stream: string, sessionId: string, tracks: TrackSelection) {
    this.calls.push(['selectTracks', stream, sessionId, tracks]);
    const info = this.#sessions.get(sessionId);
    if (info?.stream !== stream || info.session.kind !== 'play') return undefined;
    this.#sessions.set(sessionId, { ...info, tracks: trackIds(tracks) });
    return trackIds(tracks);
  }

  onRoomEvent(listener: RoomListener): () => void {
    return this.registry.onEvent(listener);
  }

  preview(stream: string): Promise<Buffer> | undefined {
    const room = this.registry.room(stream);
    return room === undefined || room.disableVideo ? undefined : Promise.resolve(Buffer.from([0xff, 0xd8]));
  }

  openMeter(room: string): RoomMeter | undefined {
    if (this.registry.room(room) === undefined) return undefined;
    this.openMeters += 1;
    const members = new Map([['alice', { dbfs: -20, delayMs: 15 }]]);
    return {
      read: () => (this.registry.room(room) ? { members, tracks: new Map([[1, -23]]) } : undefined),
      close: () => {
        this.openMeters -= 1;
      },
    };
  }

  session(id: string) {
    return this.#sessions.get(id);
  }

  sessions() {
    return [...this.#sessions.values()];
  }

  streams(): readonly StreamInfo[] {
    const rooms = this.registry.rooms().map(
      (room): StreamInfo => ({
        name: room.name,
        inputUrl: 'mosaic2://',
        namedBy: 'user',
        alive: true,
        createdAtMs: room.createdAtMs,
        clientCount: this.sessions().filter(({ stream }) => stream === room.name).length,
        bitrateKbps: room.opus.bitrateKbps,
        tracks: [
          { trackId: 'a1', content: 'audio', codec: 'opus', title: 'all', sampleRateHz: 48_000, channels: 1 },
        ],
        room,
      }),
    );
    const points = [...this.#streams.keys()].map(
      (name): StreamInfo => ({
        name,
        inputUrl: 'publish://',
        namedBy: 'config',
        alive: this.sessions().some(({ stream, session }) => stream === name && session.kind === 'publish'),
        createdAtMs: this.startedAtMs,
        clientCount: 0,
        bitrateKbps: 0,
        tracks: [],
      }),
    );
    return [...rooms, ...points].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  stream(name: string) {
    return this.streams().find((stream) => stream.name === name);
  }

  configureStream({ name, mosaic, password }: StreamConfig): StreamInfo {
    if (mosaic === undefined) this.#streams.set(name, password);
    else this.registry.addRoom(name, mosaic);
    return this.stream(name)!;
  }

  removeStream(name: string): boolean {
    if (this.registry.room(name) === undefined) return this.#streams.delete(name);
    this.registry.removeRoom(name);
    return true;
  }

  #playSession(offer: string): PlaySession {
    return {
      ...this.#session(offer),
      kind: 'play',
      hasVideo: false,
      sendAudio: () => {},
      sendVideo: () => {},
      onKeyframeRequest: undefined,
    };
  }

  #session(offer: string) {
    if (offer !== fakeOffer) throw new InvalidSdpError('The offer cannot be read.');
    const id = `sid-${this.#sessions.size + 1}`;
    let finish: (end: SessionEnd) => void = () => {};
    const ended = new Promise<SessionEnd>((resolve) => {
      finish = resolve;
    });
    return {
      id,
      startedAtMs: this.startedAtMs,
      answer: `v=0\r\ns=${id}\r\n`,
      iceETag: `ice-${id}`,
      connected: false,
      ended,
      patch: async (fragment: string) => {
        this.calls.push(['patch', id, fragment]);
        if (fragment === '') throw new InvalidSdpError('The fragment is empty.');
        return fragment === fakeRestart ? 'a=ice-ufrag:ANSWER\r\n' : undefined;
      },
      stats: () => ({ packets: 10, bytes: 1000, packetsLost: 1, jitterMs: 2 }),
      close: async (reason: SessionEnd) => {
        this.#sessions.delete(id);
        finish(reason);
      },
    };
  }
}

function trackIds({ audio = 1, video = 1 }: TrackSelection): string[] {
  return [`v${video}`, `a${audio}`];
}
