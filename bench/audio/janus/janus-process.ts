import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { janusConfigFiles } from './config-files.ts';
import { JanusApi } from './janus-api.ts';

const startWithinMs = 10_000;

/** @returns the version of the Janus that is installed here, `1.1.2`, or `undefined` where none is */
export function installedJanus(): string | undefined {
  const { stdout, stderr, error } = spawnSync('janus', ['--version'], { encoding: 'utf8' });
  if (error !== undefined) return undefined;
  return /\((\d[\w.]*)\)/.exec(stdout + stderr)?.[1] ?? 'of unknown version';
}

/** A Janus of our own with a configuration folder of its own, on loopback. Nothing of either stays behind. */
export class JanusProcess {
  readonly api: JanusApi;
  readonly #folder: string;
  readonly #child: ChildProcess;
  /** For ends of this process that leave no time: an exception, a signal. */
  readonly #atExit = () => this.#remove();

  private constructor(httpPort: number) {
    this.#folder = mkdtempSync(join(tmpdir(), 'mosaic2-bench-janus-'));
    process.once('exit', this.#atExit);
    for (const [name, text] of Object.entries(janusConfigFiles(httpPort))) {
      writeFileSync(join(this.#folder, name), text);
    }
    const log = openSync(this.#logFile, 'w');
    this.#child = spawn('janus', ['-F', this.#folder, '--disable-colors'], { stdio: ['ignore', log, log] });
    this.#child.on('error', () => {});
    this.api = new JanusApi(`http://127.0.0.1:${httpPort}/janus`);
  }

  /** @throws Error where it does not come up, with the end of its log */
  static async start(): Promise<JanusProcess> {
    const janus = new JanusProcess(await freeTcpPort());
    try {
      await janus.#answers();
      return janus;
    } catch (error) {
      await janus.close();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Ends the process and removes its folder. Idempotent. */
  async close(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await gone;
    }
    process.off('exit', this.#atExit);
    this.#remove();
  }

  get #logFile(): string {
    return join(this.#folder, 'janus.log');
  }

  #remove(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    const deadlineMs = performance.now() + startWithinMs;
    for (;;) {
      try {
        await this.api.version();
        return;
      } catch {
        if (this.#child.exitCode !== null || performance.now() > deadlineMs) {
          const log = readFileSync(this.#logFile, 'utf8').trim().split('\n').slice(-3).join(' | ');
          throw new Error(`Janus did not start: ${log}`);
        }
        await sleep(50);
      }
    }
  }
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP port is free');
  return address.port;
}
