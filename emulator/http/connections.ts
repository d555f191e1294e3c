import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The open connections of a server, so that it can be closed at once: Node waits for connections on which
 * nothing was asked yet, for TLS handshakes and for upgraded sockets.
 */
export class Connections {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Requests that are being answered. */
  #busy = 0;
  /** Set while closing: called when the last request is answered. */
  #onIdle: (() => void) | undefined;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      // A connection on which an upgrade was ignored begins anew.
      if (this.#sockets.has(socket)) return;
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (_request, response) => {
      this.#busy += 1;
      response.once('close', () => {
        this.#busy -= 1;
        if (this.#busy === 0) this.#onIdle?.();
      });
    });
  }

  /** Takes no more connections, lets running requests finish for at most `graceMs`, then ends all the rest. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await this.#idle(graceMs);
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #idle(timeoutMs: number): Promise<void> {
    if (this.#busy === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
