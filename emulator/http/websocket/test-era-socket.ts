import { once } from 'node:events';
import { vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';

/** A frame as clients read it. */
export type Frame = Readonly<Record<string, unknown>>;

const waiting = { timeout: 5000, interval: 5 };

/** The socket of a client of the WebSocket eras: keeps the frames that came, in order. */
export class EraSocket {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  /** Why it was closed, by whomever. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, { rejectUnauthorized: false, ...options });
    this.socket.on('message', (data) => this.frames.push(JSON.parse(String(data))));
    // The close event follows, with what is to be known.
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  /** A client that has got through the handshake. */
  static async open(url: string): Promise<EraSocket> {
    const client = new EraSocket(url);
    await once(client.socket, 'open');
    return client;
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /**
   * The first frame that has this in it, when it has come.
   * @throws Error where the socket is closed without it
   */
  async frame(part: 'config' | { readonly type: string }): Promise<Frame> {
    const isMeant = (frame: Frame) => (part === 'config' ? 'config' in frame : frame.type === part.type);
    const find = () => {
      const frame = this.frames.find(isMeant);
      if (frame !== undefined || this.socket.readyState !== WebSocket.CLOSED) return frame;
      throw new Error(`closed after ${JSON.stringify(this.frames.at(-1))}`);
    };
    return await vi.waitUntil(find, waiting);
  }

  /** The first `count` errors, when they have come. */
  async errors(count = 1): Promise<readonly unknown[]> {
    const errors = () => this.frames.filter(({ type }) => type === 'error').map(({ error }) => error);
    await vi.waitUntil(() => errors().length >= count, waiting);
    return errors().slice(0, count);
  }

  close(): void {
    this.socket.close();
  }
}
