import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { normalizeTarget, parsePath } from '../../http/parse-path.ts';
import { matchesGlob } from '../glob.ts';
import { callFacts } from './call-facts.ts';
import type { HttpFaultsOptions } from './http-faults.ts';
import type { FaultAnswer } from './http-judge.ts';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Faults of WebSockets: of their handshakes, and of sockets that are open. */
export class UpgradeFaults {
  readonly #options: HttpFaultsOptions;
  /** By socket: the stream's or room's name in the path. */
  readonly #open = new Map<Duplex, string>();

  constructor(options: HttpFaultsOptions) {
    this.#options = options;
  }

  /** Comes before those who take the upgrades of a server at present. */
  serve(server: Server): void {
    const listeners = server.listeners('upgrade') as UpgradeListener[];
    server.removeAllListeners('upgrade');
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const goOn = () => {
        for (const listener of listeners) listener.call(server, request, socket, head);
      };
      if (request.headers.upgrade?.toLowerCase() === 'websocket') void this.#admit(request, socket, goOn);
      else goOn();
    });
  }

  /** Breaks sockets off without a word. @returns how many there were */
  close(pattern: string): number {
    const sockets = [...this.#open].filter(([, name]) => matchesGlob(pattern, name));
    for (const [socket] of sockets) socket.destroy();
    return sockets.length;
  }

  async #admit(request: IncomingMessage, socket: Duplex, goOn: () => void): Promise<void> {
    const { judge, waits, server } = this.#options;
    const target = normalizeTarget(request.url ?? '/');
    // A reset while we wait; the close event tells of it.
    socket.on('error', () => {});
    const verdict = judge.judge(callFacts(request.method ?? 'GET', target, true));
    for (const { delayMs, ending } of verdict === undefined ? [] : [verdict.before, verdict.after]) {
      if (!(await waits.wait(delayMs, socket))) return;
      if (ending === 'drop') {
        socket.destroy();
        return;
      }
      if (ending !== undefined) {
        socket.end(rawAnswer(ending, server), () => socket.destroy());
        return;
      }
    }
    this.#open.set(socket, parsePath(target)?.stream ?? '');
    socket.once('close', () => this.#open.delete(socket));
    goOn();
  }
}

/** HTTP has let go of the connection: the answer is written by hand. */
function rawAnswer({ status, headers, body }: FaultAnswer, server: string): string {
  const all = { server, ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`, ...lines, '', body].join('\r\n');
}
