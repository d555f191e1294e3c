import type { OpusParameters } from '../../media/opus-parameters.ts';
import type { Diagnostic, Position } from './diagnostics.ts';

/** What a configuration file says, as far as this emulator knows it. */
export interface ServerConfig {
  readonly http: readonly Listener[];
  readonly https: readonly Listener[];
  /** Guards what changes something. Missing: open. */
  readonly editAuth?: Credentials;
  /** Guards what only reads. Missing: open. */
  readonly viewAuth?: Credentials;
  /** In the order of the file; no name stands twice. */
  readonly streams: readonly StreamConfig[];
  readonly templates: readonly TemplateConfig[];
  /** What was passed over, in the order of the file. */
  readonly warnings: readonly Diagnostic[];
}

/** Where to listen. */
export interface Listener {
  /** An IP address without brackets, or a host name. Missing: all addresses. */
  readonly address?: string;
  /** 0 means any free port. */
  readonly port: number;
}

/** A pair for HTTP Basic. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** One source of a stream. */
export interface InputConfig {
  /** `mosaic2://`, `publish://`, or one that this emulator does not know. */
  readonly url: string;
  /** The words after the URL, but for the mosaic's own options, which stand in {@link MosaicConfig}. */
  readonly options: readonly string[];
}

/** What makes a stream a chat room. */
export interface MosaicConfig {
  readonly opus: OpusParameters;
  /** True, the documented default: the room has no video track. */
  readonly disableVideo: boolean;
}

/** A `stream` block. */
export interface StreamConfig {
  readonly name: string;
  readonly inputs: readonly InputConfig[];
  /** Present where one of the inputs is `mosaic2://`. */
  readonly mosaic?: MosaicConfig;
  /** A publisher has to give it as `?password=`. */
  readonly password?: string;
  readonly position: Position;
}

/** A `template` block: what streams may be published without standing in the file. */
export interface TemplateConfig {
  readonly name: string;
  /** First segments of the names it allows: `chat` for `chat/alice`; empty for every name. */
  readonly prefix: string;
  readonly inputs: readonly InputConfig[];
  readonly password?: string;
}
