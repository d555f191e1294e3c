import type { ConfiguredStreams } from '../target.ts';

/** A pair for HTTP Basic. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** How a room of the configuration is mixed; what is missing has the documented default. */
export interface RoomOptions {
  /** 6 to 510; default 64. */
  readonly bitrateKbps?: number;
  /** 8000, 12000, 16000, 24000 or 48000; default 48000. */
  readonly sampleRateHz?: number;
  /** Samples of one Opus frame at that rate; default 960. */
  readonly samplesPerFrame?: number;
  /** True: the room has a picture, too; default false. */
  readonly video?: boolean;
}

/** A room that is added to a configuration. */
export interface ConfiguredRoom {
  readonly name: string;
  readonly options: RoomOptions;
}

/** A configuration file, and what has to be known of it outside of the container. */
export interface ConfigText {
  readonly text: string;
  /** Ports of the listeners; empty where it has none. */
  readonly httpPorts: readonly number[];
  readonly httpsPorts: readonly number[];
  /** Missing: what changes something is open to everybody. */
  readonly editAuth: Credentials | undefined;
  /** Missing: reading is open. */
  readonly viewAuth: Credentials | undefined;
  /** Rooms with a picture, which the suite may use. */
  readonly pictureRooms: ConfiguredStreams['pictures'];
}

/**
 * A configuration with rooms added at its end.
 * @throws TypeError for a room whose name would not be one word of the file
 * @throws ConfigError where the whole cannot be used, by line and column
 */
export async function composeConfig(base: string, rooms: readonly ConfiguredRoom[]): Promise<ConfigText> {
  const { parseConfig } = await import('../../../emulator/index.ts');
  const text = `${[base.trimEnd(), ...rooms.map(roomLine)].join('\n')}\n`;
  const { http, https, editAuth, viewAuth, streams } = parseConfig(text, 'flussonic.conf');
  return {
    text,
    httpPorts: http.map(({ port }) => port),
    httpsPorts: https.map(({ port }) => port),
    editAuth,
    viewAuth,
    pictureRooms: streams
      .filter(({ mosaic }) => mosaic !== undefined && !mosaic.disableVideo)
      .map(({ name }) => name),
  };
}

/** What the emulator does where nothing is configured: `user:pass`, and any name may be published. */
export async function emulatorDefaultConfig(): Promise<string> {
  const { defaultConfig, formatConfig } = await import('../../../emulator/index.ts');
  return formatConfig({ ...defaultConfig(), http: [], https: [] });
}

function roomLine({ name, options }: ConfiguredRoom): string {
  if (!/^[\w-][\w./-]{0,199}$/.test(name) || name.endsWith('/')) {
    throw new TypeError(
      `withRoom: a name has letters, digits and _ - . / only, as lobby or chat/lobby, not ${JSON.stringify(name)}`,
    );
  }
  const { bitrateKbps = 64, sampleRateHz = 48_000, samplesPerFrame = 960, video = false } = options;
  const words = [
    `bitrate=${bitrateKbps}`,
    `samplerate=${sampleRateHz}`,
    `samples=${samplesPerFrame}`,
    `disable_video=${!video}`,
  ];
  return `stream ${name} { input mosaic2:// ${words.join(' ')}; }`;
}
