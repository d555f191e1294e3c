import type { Peer } from './peer.ts';
import type { RemoteTransport } from './remote-transport.ts';
import type { Transcript } from './transcript.ts';

/** How bot and server agree on a session: by WHIP and WHEP, or over WebSocket as the clients until 22.x do. */
export type SignallingKind = 'whip' | 'websocket';

/** Where a stream is, and how a bot may get there. */
export interface StreamAddress {
  /** `http://host/STREAM/whip`, or `…/whep`, with its query: it names the stream whatever the signalling. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** True: take any TLS certificate. */
  readonly insecure?: boolean;
  /** Keeps what is said; missing: nobody does. */
  readonly transcript?: Transcript;
}

/** A session as bot and server have agreed on it, and the way to speak about it from then on. */
export interface Session {
  /** Flussonic's name of the session; missing where the server gave none. */
  readonly sid: string | undefined;
  readonly transport: RemoteTransport;
  /** True: the bot chooses the pair of candidates (RFC 8445 §6.1.1). */
  readonly iceControlling: boolean;
  /** True: candidates may come later, by `Peer.addCandidate`. */
  readonly trickles: boolean;
  readonly opusPayloadType: number;
  /** Missing: the server neither sends nor takes a picture. */
  readonly h264PayloadType: number | undefined;
  /** Resolves when the server ends the session by its signalling; missing where only the media can end. */
  readonly ended?: Promise<unknown>;
  /** Says goodbye. Idempotent. @throws Error where the server refuses it */
  close(): Promise<void>;
  /** Lets go without a word. Idempotent. */
  abandon(): void;
}

/** What came of asking for other tracks. */
export interface TrackChange {
  readonly accepted: boolean;
  /** The server's answer in short: `200`, `info a3`, its words, or that there was none. */
  readonly answer: string;
}

/** The session of a player. */
export interface PlaySession extends Session {
  /** Asks for other tracks, `['a3']` or `['v1', 'a3']`; none at all means the server's choice. */
  selectTracks(tracks: readonly string[]): Promise<TrackChange>;
}

/** Agrees with a server on what a peer sends, or gets. */
export interface Signalling {
  /** @throws BotHttpError, SignallingError where the server refuses */
  publish(peer: Peer, address: StreamAddress, video: boolean): Promise<Session>;
  /** @throws BotHttpError, SignallingError where the server refuses */
  play(peer: Peer, address: StreamAddress, video: boolean): Promise<PlaySession>;
}
