import type { ChildProcess } from 'node:child_process';
import { endProcess, spawnModule } from '../conformance/processes.ts';

/** A process of its own that answers one message at a time, so that what it costs can be told apart. */
export class Child {
  readonly #child: ChildProcess;
  readonly #what: string;

  /**
   * @param module `new URL('./x-process.ts', import.meta.url)`
   * @param what is named in errors: "the emulator"
   */
  constructor(module: URL, what: string) {
    this.#child = spawnModule(module);
    this.#what = what;
  }

  /**
   * Sends a message and waits for the answer; never ask again before it is there.
   * @throws Error where the process ends instead
   */
  ask<Answer>(message: object): Promise<Answer> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const settle = () => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
      const onMessage = (answer: unknown) => {
        settle();
        resolve(answer as Answer);
      };
      const onExit = (code: number | null) => {
        settle();
        reject(new Error(`${this.#what} ended (code ${code})`));
      };
      if (!child.connected) {
        onExit(child.exitCode);
        return;
      }
      child.on('message', onMessage).on('exit', onExit);
      child.send(message);
    });
  }

  /** Ends the process. Idempotent. */
  close(): Promise<void> {
    return endProcess(this.#child);
  }
}

/**
 * Gives one job to a process of its own and waits for its result.
 * @throws Error where the process ends without one
 */
export async function runJob<Result>(module: URL, what: string, job: object): Promise<Result> {
  const child = new Child(module, what);
  try {
    return await child.ask<Result>(job);
  } finally {
    await child.close();
  }
}

/** The other end of `runJob`: does the one job that comes, and ends. */
export function serveJob<Job, Result>(work: (job: Job) => Result): void {
  process.once('message', (job: Job) => {
    process.send?.(work(job));
  });
}
