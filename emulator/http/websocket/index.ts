import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { HttpError, toHttpError } from '../errors.ts';
import { normalizeTarget, parsePath, type StreamPath } from '../parse-path.ts';
import { endWithError } from '../raw-errors.ts';
import type { Services } from '../services.ts';
import type { Channel } from './channel.ts';
import type { TurnServer } from './conversation-call.ts';
import { ignoreUpgrade } from './other-upgrade.ts';
import type { SignallingParts } from './signalling-parts.ts';

export type { TurnServer } from './conversation-call.ts';

export interface WebSocketOptions {
  /** A TURN server that clients are told to use; missing: none. */
  readonly turn?: TurnServer | undefined;
  /** Sockets at a time; further ones are refused with 503. Default 1000. */
  readonly maxWebSockets?: number | undefined;
  readonly logger: FastifyBaseLogger;
  /** Replaced by deliberately broken emulators. */
  readonly signallingParts?: SignallingParts | undefined;
}

const defaultMaxWebSockets = 1000;

/**
 * The signalling of the clients until 22.x, on the listeners of HTTP: `/STREAM/webrtc` for players and
 * `/STREAM/webrtc/publish` for publishers.
 *
 * A handshake at these two addresses always succeeds, also for streams that nobody knows and passwords that are
 * wrong: pages cannot see the HTTP answer to a handshake, so such errors come as a frame before the socket is
 * closed. Elsewhere the handshake is answered with an HTTP error.
 */
export class WebSockets {
  readonly #services: Services;
  readonly #options: WebSocketOptions;
  /** Connections from the handshake on. */
  readonly #sockets = new Set<Duplex>();
  readonly #channels = new Set<Channel>();
  #isClosing = false;
  /** Set while closing: called when the last socket is gone. */
  #onIdle: (() => void) | undefined;

  constructor(services: Services, options: WebSocketOptions) {
    this.#services = services;
    this.#options = options;
  }

  /** Takes the upgrades of a server. */
  serve(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
        ignoreUpgrade(server, request, socket, head);
        return;
      }
      // A reset is one way to end; the close event tells of it.
      socket.on('error', () => {});
      void this.#accept(request, socket, head).catch((error: unknown) => this.#refuse(socket, error));
    });
  }

  /** Says goodbye to all clients and waits for them, `graceMs` at most. Idempotent. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    for (const channel of this.#channels) channel.close('closed-by-server');
    if (this.#sockets.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { stream, action, query } = signallingPath(request.url ?? '/');
    const { maxWebSockets = defaultMaxWebSockets, turn, signallingParts } = this.#options;
    if (this.#isClosing || this.#sockets.size >= maxWebSockets) {
      throw new HttpError('unavailable', 'There are too many connections, or the server stops.');
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#gone(socket));
    // Loaded with the first client: the start is to be fast.
    const { acceptWebSocket } = await import('./accept.ts');
    if (socket.destroyed || this.#isClosing) {
      socket.destroy();
      return;
    }
    const kind = action === 'webrtc' ? 'player' : 'publisher';
    const client = clientOf(request);
    const logger = this.#options.logger.child({ stream, kind, ip: client.remoteAddress });
    const call = { services: this.#services, stream, query, client, turn };
    const channel = acceptWebSocket({ request, socket, head }, kind, call, logger, signallingParts);
    if (channel === undefined) return;
    this.#channels.add(channel);
    socket.once('close', () => this.#channels.delete(channel));
  }

  #refuse(socket: Duplex, error: unknown): void {
    const known = toHttpError(error);
    if (known === undefined) this.#options.logger.error({ err: error }, 'a WebSocket handshake failed');
    const told = known ?? new HttpError('internal-error', 'The server failed; its log says why.');
    endWithError(socket, this.#services.profile, told);
  }

  #gone(socket: Duplex): void {
    this.#sockets.delete(socket);
    if (this.#sockets.size === 0) this.#onIdle?.();
  }
}

/** @throws HttpError where there is no WebSocket at this target */
function signallingPath(target: string): StreamPath {
  const path = parsePath(normalizeTarget(target));
  if (path === undefined) throw new HttpError('bad-request', 'The path holds a malformed percent-encoding.');
  if (path.stream !== '' && (path.action === 'webrtc' || path.action === 'webrtc/publish')) return path;
  throw new HttpError('unknown-path', 'There is no WebSocket at this path.');
}

function clientOf({ socket, headers }: IncomingMessage) {
  return {
    remoteAddress: socket.remoteAddress?.replace(/^::ffff:/, '') ?? '',
    userAgent: headers['user-agent'] ?? '',
  };
}
