import type { ServerConfig, StreamConfig } from '../config/types.ts';
import type { ApiServices } from '../http/api-route.ts';
import { HttpError } from '../http/errors.ts';
import type { ClientInfo } from '../http/services.ts';
import { SessionTable } from '../live/session-table.ts';
import { StreamDirectory } from '../live/stream-directory.ts';
import type { Viewing } from '../live/viewing.ts';
import type { Profile } from '../profile.ts';
import { type CommandDeps, runManagerCommand, runRoomCommand } from '../rooms/commands.ts';
import { RoomRegistry } from '../rooms/registry.ts';
import type { TrackSelection } from '../rooms/types.ts';
import { readSdpSections } from '../webrtc/sdp-lines.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import { mockedSession } from './mocked-session.ts';

/** An offer that came to WHIP or WHEP, and could be taken if there were media. */
export interface MockedOffer {
  readonly kind: 'publish' | 'play';
  readonly stream: string;
  /** The offer; its first line is `v=0`, and that is all that is sure. */
  readonly sdp: string;
}

/** Makes up the SDP answer to an offer: any text that the test's own `RTCPeerConnection` takes. */
export type AnswerOffer = (offer: MockedOffer) => string | Promise<string>;

export interface MockedServicesOptions {
  readonly config: ServerConfig;
  readonly profile: Profile;
  readonly answerOffer?: AnswerOffer | undefined;
}

/**
 * The emulator without media behind the routes of its API: the same rooms, the same list of streams, and sessions that
 * carry nothing.
 */
export class MockedServices implements ApiServices {
  readonly profile: Profile;
  readonly startedAtMs = Date.now();
  readonly registry: RoomRegistry;
  readonly #commands: CommandDeps;
  readonly #directory: StreamDirectory;
  readonly #answerOffer: AnswerOffer;
  readonly #sessions = new SessionTable();
  /** The newest publisher of each stream. */
  readonly #publishers = new Map<string, PublishSession>();

  constructor({ config, profile, answerOffer = refuseOffer }: MockedServicesOptions) {
    this.profile = profile;
    this.#answerOffer = answerOffer;
    const rooms = new RoomRegistry({ profile: profile.rooms, now: Date.now });
    this.registry = rooms;
    this.#commands = { registry: rooms, profile, now: Date.now };
    this.#directory = new StreamDirectory(
      // Nobody listens to how long a mock takes to compare passwords.
      { config, rooms, profile, startedAtMs: this.startedAtMs, isSameSecret: (one, other) => one === other },
      {
        broadcasting: () => this.#publishers.keys(),
        broadcast: (name) => this.#broadcast(name),
        viewerCount: (name) => this.#sessions.viewersOf(name).length,
      },
    );
    for (const stream of config.streams) this.#directory.configure(stream);
    rooms.onEvent(({ type, room }) => {
      if (type === 'room-removed') void this.#endSessions(room.name);
    });
  }

  managerCommand(body: string) {
    return runManagerCommand(this.#commands, body);
  }

  roomCommand(roomPath: string, body: string) {
    return runRoomCommand(this.#commands, roomPath, body);
  }

  async publish(stream: string, sdp: string, password: string | undefined, client: ClientInfo) {
    const check = () => this.#directory.authorise(stream, password);
    const session: PublishSession = {
      ...(await this.#answer({ kind: 'publish', stream, sdp }, check)),
      kind: 'publish',
      hasVideo: false,
      videoParameterSets: [],
      onAudio: undefined,
      onVideo: undefined,
      requestKeyframe: () => {},
      requestPackets: () => {},
    };
    await this.#publishers.get(stream)?.close('replaced');
    this.#publishers.set(stream, session);
    this.#sessions.add(session, stream, client);
    void session.ended.then(() => {
      if (this.#publishers.get(stream) === session) this.#publishers.delete(stream);
    });
    return session;
  }

  async play(stream: string, sdp: string, tracks: TrackSelection, client: ClientInfo) {
    const check = () => void this.#directory.require(stream);
    const session: PlaySession = {
      ...(await this.#answer({ kind: 'play', stream, sdp }, check)),
      kind: 'play',
      hasVideo: false,
      sendAudio: () => {},
      sendVideo: () => {},
      onKeyframeRequest: undefined,
    };
    this.#sessions.add(session, stream, client, this.#view(stream, tracks));
    return session;
  }

  selectTracks(stream: string, sessionId: string, tracks: TrackSelection) {
    return this.#sessions.selectTracks(stream, sessionId, tracks);
  }

  session(id: string) {
    return this.#sessions.get(id);
  }

  sessions() {
    return this.#sessions.all();
  }

  streams() {
    return this.#directory.all();
  }

  stream(name: string) {
    return this.#directory.find(name);
  }

  configureStream(stream: StreamConfig) {
    return this.#directory.configure(stream);
  }

  removeStream(name: string): boolean {
    if (!this.#directory.remove(name)) return false;
    void this.#endSessions(name);
    return true;
  }

  /** @param check throws where the stream is not to be had; asked again, since answers may take their time */
  async #answer(offer: MockedOffer, check: () => void) {
    check();
    readSdpSections(offer.sdp);
    const answer = await this.#answerOffer(offer);
    check();
    return mockedSession(answer);
  }

  #broadcast(name: string) {
    const publisher = this.#publishers.get(name);
    return publisher && { publisher, createdAtMs: publisher.startedAtMs, pictureSize: undefined };
  }

  #view(stream: string, selection: TrackSelection): Viewing {
    let { audio = this.#allTrack, video = 1 } = selection;
    return {
      tracks: () => {
        const listed = this.stream(stream)?.tracks ?? [];
        const picture = listed.some(({ content }) => content === 'video') ? [`v${video}`] : [];
        return [...picture, `${this.profile.answers.audioTrackPrefix}${audio}`];
      },
      select: (next) => {
        ({ audio = this.#allTrack, video = 1 } = next);
      },
      close: () => {},
    };
  }

  get #allTrack(): number {
    return this.profile.rooms.allTrackNumber;
  }

  async #endSessions(stream: string): Promise<void> {
    const ending = this.sessions().filter((info) => info.stream === stream);
    await Promise.all(ending.map(({ session }) => session.close('closed-by-server')));
  }
}

function refuseOffer({ kind }: MockedOffer): never {
  const wanted = kind === 'publish' ? 'Publishing' : 'Playing';
  throw new HttpError(
    'not-implemented',
    `${wanted} needs media, which these handlers do not have: give them answerOffer, or run the emulator itself.`,
  );
}
