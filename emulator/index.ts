import type { MixParts } from './audio/minus-self.ts';
import { defaultConfig, type Listener, parseConfig, type ServerConfig } from './config/index.ts';
import { faultsOff } from './faults/off.ts';
import { openFaults } from './faults/open-faults.ts';
import type { FaultOptions, Faults } from './faults/types.ts';
import {
  type Certificate,
  type HttpApp,
  type IceServer,
  type SignallingParts,
  startHttp,
} from './http/index.ts';
import { sessionState } from './http/page-state.ts';
import type { RoomLevels } from './http/room-meter.ts';
import type { TrackInfo } from './http/services.ts';
import type { LiveParts } from './live/live-parts.ts';
import { LiveServices } from './live/live-services.ts';
import { readLevels } from './live/read-levels.ts';
import type { Logger } from './logger.ts';
import { openMediaPort } from './media-port.ts';
import type { SessionState } from './pages/common/page-state.ts';
import { defaultProfile, type Profile } from './profile.ts';
import type { CommandTable } from './rooms/command-table.ts';
import { RoomRegistry } from './rooms/registry.ts';
import type { TrackNumbering } from './rooms/track-numbering.ts';
import type { Room } from './rooms/types.ts';
import type { VideoParts } from './video/video-parts.ts';
import type { WebRtcOptions } from './webrtc/types.ts';

export { minusSelfMix } from './audio/minus-self.ts';
export { ConfigError, defaultConfig, formatConfig, parseConfig } from './config/index.ts';
export { parseFaults } from './faults/read-file.ts';
export * from './faults/types.ts';
export {
  type HttpApp,
  type HttpReply,
  type IceServer,
  ListenError,
  PortInUseError,
  straightSignalling,
} from './http/index.ts';
export type { MemberLevel, RoomLevels } from './http/room-meter.ts';
export type { TrackInfo } from './http/services.ts';
export { straightToListeners } from './live/live-parts.ts';
export type { SessionState } from './pages/common/page-state.ts';
export { defaultProfile, type Profile } from './profile.ts';
export { ProfileError, parseProfile, profilePaths } from './profile-file.ts';
export type { RecordedSection } from './profile-recorded.ts';
export { type CommandTable, defaultCommandTable } from './rooms/command-table.ts';
export type { Member, Room } from './rooms/types.ts';
export { gridOfEverybody } from './video/video-parts.ts';

/** How an emulator is started. Every field has a default. */
export interface EmulatorOptions {
  /** Configuration text in Flussonic's format. Default: any name may be published, `edit_auth user pass`. */
  readonly config?: string | undefined;
  /** Name of the configuration in messages; default `flussonic.conf`. */
  readonly configName?: string | undefined;
  /** Instead of the listeners of the configuration; default, where it has none: one on any free port. */
  readonly http?: readonly Listener[] | undefined;
  /** The same for TLS; default, where the configuration has none: none. */
  readonly https?: readonly Listener[] | undefined;
  /** Default: a self-signed certificate that is made once and kept. */
  readonly tls?: Certificate | undefined;
  /** Default {@link defaultProfile}. */
  readonly profile?: Profile | undefined;
  /** Default: silent. */
  readonly logger?: Logger | undefined;
  /** Addresses and ports of media. */
  readonly webRtc?: WebRtcOptions | undefined;
  /**
   * STUN and TURN servers that clients are told of: by `Link` in WHIP and WHEP (RFC 9725 §4.6), and the first TURN
   * server that may be reached by TCP in the WebSocket signalling. Default: none.
   */
  readonly iceServers?: readonly IceServer[] | undefined;
  /** Faults on purpose, to rehearse bad days; default: none, and nothing is in the way of calls and packets. */
  readonly faults?: FaultOptions | undefined;
  /** Replaced by deliberately broken emulators only. */
  readonly parts?: EmulatorParts | undefined;
}

/** Parts that a broken variant may replace. */
export interface EmulatorParts {
  readonly parseConfig?: typeof parseConfig;
  readonly mix?: MixParts;
  readonly video?: VideoParts;
  readonly trackNumbering?: TrackNumbering;
  readonly commands?: CommandTable;
  /** Between rooms and listeners. */
  readonly live?: LiveParts;
  /** Of the clients until 22.x, over WebSocket. */
  readonly signalling?: SignallingParts;
  /** Given the HTTP app before its routes. */
  readonly extendHttp?: (app: HttpApp) => void;
}

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:8080`, one per listener without TLS. */
  readonly httpUrls: readonly string[];
  readonly httpsUrls: readonly string[];
  /** The configuration in force, with its warnings. */
  readonly config: ServerConfig;
  /** The rooms as they are now, in order of creation. */
  rooms(): readonly Room[];
  /** What a room, or a stream that somebody publishes, has to be played; nothing where there is neither. */
  tracks(stream: string): readonly TrackInfo[];
  /** Publishers and viewers as they are now, the oldest first. */
  sessions(): readonly SessionState[];
  /**
   * Measures for a quarter of a second how loud a room is, as the dashboard's meters do.
   * @throws RangeError where there is no such room, or it goes meanwhile
   */
  levels(room: string): Promise<RoomLevels>;
  /** Faults on purpose; its calls throw where the emulator was started without the option. */
  readonly faults: Faults;
  /** Ends listeners, sessions, clocks. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of Flussonic's dynamic mosaic.
 * @throws ConfigError where the configuration cannot be used
 * @throws PortInUseError, ListenError where a listener cannot be opened
 * @throws TypeError for ICE servers that cannot be
 * @throws FaultRuleError for faults that cannot be
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const config = readConfig(options);
  const profile = options.profile ?? defaultProfile;
  const { parts = {}, logger = await silentLogger() } = options;
  const rooms = new RoomRegistry({
    profile: profile.rooms,
    now: Date.now,
    ...(parts.trackNumbering && { trackNumbering: parts.trackNumbering }),
  });
  const faults = await openFaults(options.faults, {
    rooms,
    profile,
    logger,
    services: () => services,
  });
  const sharedPort = await openMediaPort(options.webRtc ?? {});
  const services: LiveServices = new LiveServices({
    config,
    profile,
    rooms,
    mixer: { ...profile.audio, ...(parts.mix && { parts: parts.mix }) },
    webRtc: { ...profile.sessions, ...options.webRtc, sharedPort, logger },
    logger,
    commands: parts.commands,
    videoParts: parts.video,
    liveParts: parts.live,
    faults: faults?.live,
  });
  const closeMedia = async () => {
    faults?.close();
    await services.close();
    await sharedPort?.close();
  };
  for (const { name, mosaic } of config.streams) {
    if (mosaic !== undefined) rooms.addRoom(name, { ...mosaic, configured: true });
  }
  const http = await startHttp(services, {
    http: options.http ?? config.http,
    https: options.https ?? config.https,
    editAuth: config.editAuth,
    viewAuth: config.viewAuth,
    tls: options.tls,
    iceServers: options.iceServers,
    logger,
    signallingParts: parts.signalling,
    faults: options.faults?.api ? faults : undefined,
    extend: (app) => {
      faults?.extendHttp(app);
      parts.extendHttp?.(app);
    },
  }).catch(async (error: unknown) => {
    await closeMedia();
    throw error;
  });
  for (const server of http.servers) faults?.serve(server);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= Promise.all([http.close(), closeMedia()]).then(() => {});
    return closing;
  };
  const urls = (protocol: string) =>
    http.addresses.filter((address) => address.protocol === protocol).map((address) => address.url);
  return {
    httpUrls: urls('http'),
    httpsUrls: urls('https'),
    config,
    rooms: () => rooms.rooms(),
    tracks: (stream) => services.stream(stream)?.tracks ?? [],
    sessions: () => services.sessions().map(sessionState),
    levels: (room) => readLevels(services, room),
    faults: faults ?? faultsOff,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A library's user wants free ports where nothing is said; only the command line has 8080 and 8443. */
function readConfig(options: EmulatorOptions): ServerConfig {
  if (options.config === undefined) return { ...defaultConfig(), http: [{ port: 0 }], https: [] };
  const parse = options.parts?.parseConfig ?? parseConfig;
  const config = parse(options.config, options.configName ?? 'flussonic.conf');
  const hasListener = config.http.length > 0 || config.https.length > 0;
  return hasListener ? config : { ...config, http: [{ port: 0 }] };
}

async function silentLogger(): Promise<Logger> {
  const { pino } = await import('pino');
  return pino({ level: 'silent' });
}
