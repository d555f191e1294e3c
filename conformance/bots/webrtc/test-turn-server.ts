import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import type { TurnServer } from '../turn-server.ts';

/** coturn, of Debian's package of that name. */
const command = 'turnserver';

/** True: tests that need a TURN server are left out, and it is said why. */
export const isWithoutTurnServer = spawnSync(command, ['--version']).error !== undefined;

if (isWithoutTurnServer) {
  const text = 'there is no TURN server: .ci/run shows which Debian package has one.';
  if (process.env.CI) throw new Error(text);
  console.log(`Skipped: ${text}`);
}

/** A TURN server on loopback, with one user. */
export class TestTurnServer {
  readonly username = 'bots';
  readonly credential = 'secret-of-the-relay';
  readonly port: number;
  /** What it has told so far, a line for each packet that is no media. */
  log = '';
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
    const place = [
      '--listening-ip',
      '127.0.0.1',
      '--listening-port',
      String(port),
      '--relay-ip',
      '127.0.0.1',
    ];
    const files = ['--log-file', 'stdout', '--pidfile', join(folder, 'pid'), '--userdb', join(folder, 'db')];
    const user = ['--lt-cred-mech', '--realm', 'test', '--user', `${this.username}:${this.credential}`];
    const simple = ['--no-cli', '--no-tls', '--no-dtls', '--simple-log', '--verbose', '-n'];
    const options = [...place, ...files, ...user, ...simple, '--allow-loopback-peers'];
    this.#child = spawn(command, options, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child.stdout?.on('data', (chunk) => {
      this.log += chunk;
    });
  }

  static async start(): Promise<TestTurnServer> {
    const folder = await mkdtemp(join(tmpdir(), 'mosaic2-turn-'));
    const server = new TestTurnServer(await freePort(), folder);
    await vi.waitUntil(() => /UDP listener opened/.test(server.log), { timeout: 10_000, interval: 20 });
    return server;
  }

  /** As the bots are told of it. */
  by(transport: 'udp' | 'tcp'): TurnServer {
    const { username, credential } = this;
    return { url: `turn:127.0.0.1:${this.port}?transport=${transport}`, username, credential };
  }

  /** How many relays it has given, and how many of them have been given back. */
  get relays(): { readonly given: number; readonly ended: number } {
    // What is asked twice, as an answer came late, is told twice.
    const count = (pattern: RegExp) => new Set(Array.from(this.log.matchAll(pattern), ([, id]) => id)).size;
    return {
      given: count(/session (\d+): new, /g),
      ended: count(/session (\d+): refreshed,.* lifetime=0$/gm),
    };
  }

  async close(): Promise<void> {
    const gone = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await gone;
    await rm(this.#folder, { recursive: true });
  }
}
