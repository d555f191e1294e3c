import type { Worker } from 'node:worker_threads';
import { spawnThread } from '../../../spawn-thread.ts';
import type { ComposeRequest, ComposeResult, Composer, ComposerOptions } from './messages.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

interface Waiting {
  resolve(message: FromThread): void;
  reject(error: Error): void;
}

/**
 * A composer on a thread of its own: the caller's thread, which mixes the sound, only passes messages. The
 * thread starts at the first use. Where it fails it is given up, and the next turn starts another one.
 */
export class ThreadComposer implements Composer {
  readonly #options: ComposerOptions;
  readonly #module: URL;
  #worker: Worker | undefined;
  /** Who waits for an answer of the present thread, in order. */
  #waiting: Waiting[] = [];
  #closing: Promise<void> | undefined;

  /** @param module what the thread runs */
  constructor(options: ComposerOptions, module = new URL('./thread-main.ts', import.meta.url)) {
    this.#options = options;
    this.#module = module;
  }

  start(): void {
    if (this.#worker !== undefined || this.#closing !== undefined) return;
    this.#spawn().postMessage({ type: 'start' } satisfies ToThread);
  }

  async compose(request: ComposeRequest): Promise<ComposeResult> {
    const reply = await this.#ask({ type: 'compose', request }, [request.bytes.buffer]);
    if (reply.type !== 'composed') throw new Error(`the composer answered ${reply.type}`);
    return reply.result;
  }

  async snapshot(): Promise<Uint8Array> {
    const reply = await this.#ask({ type: 'snapshot' });
    if (reply.type !== 'snapshot') throw new Error(`the composer answered ${reply.type}`);
    return reply.file;
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    await this.#post(worker, { type: 'close' }).catch(() => undefined);
    await worker.terminate();
  }

  #ask(message: ToThread, memory: ArrayBuffer[] = []): Promise<FromThread> {
    if (this.#closing !== undefined) return Promise.reject(new Error('the composer is closed'));
    return this.#post(this.#worker ?? this.#spawn(), message, memory);
  }

  #post(worker: Worker, message: ToThread, memory: ArrayBuffer[] = []): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(message, memory);
    });
  }

  #spawn(): Worker {
    const worker = spawnThread(this.#module, this.#options);
    // A room that is forgotten must not keep the process alive, one that is waited for must.
    worker.unref();
    worker.on('message', (message: FromThread) => {
      const waiting = this.#waiting.shift();
      if (this.#waiting.length === 0) worker.unref();
      if (message.type === 'failed') waiting?.reject(new Error(message.reason));
      else waiting?.resolve(message);
    });
    let reason = 'the composer’s thread ended';
    worker.on('error', (error) => {
      reason = `the composer’s thread failed: ${error.message}`;
    });
    worker.on('exit', () => this.#abandon(worker, reason));
    this.#worker = worker;
    return worker;
  }

  #abandon(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.reject(new Error(reason));
  }
}
