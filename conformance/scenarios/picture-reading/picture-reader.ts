import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { spawnThread } from '../../../spawn-thread.ts';
import { nowMs } from '../../bots/clock.ts';
import type { VideoSource } from '../../bots/kept-video.ts';
import type { ReceivedVideoPacket } from '../../bots/process/messages.ts';
import type { ReadingOptions, ToReader, Viewed } from './messages.ts';

/** How often the bots are asked for what came. */
const takeEveryMs = 250;

/**
 * Reads what a viewer gets while it comes, on a thread of its own: to read a picture takes as long as to watch it, and whoever
 * notes the times of what is done in the room must not wait for it.
 */
export class PictureReader {
  readonly #viewer: VideoSource;
  readonly #thread: Worker;
  readonly #viewed: Promise<[Viewed]>;
  readonly #ending = new AbortController();
  readonly #taking: Promise<void>;

  /**
   * @param packets what the viewer got until now, from the first packet on
   * @param signal gives it up
   */
  constructor(
    viewer: VideoSource,
    {
      packets = [],
      signal,
      ...options
    }: ReadingOptions & {
      readonly packets?: readonly ReceivedVideoPacket[];
      readonly signal: AbortSignal;
    },
  ) {
    this.#viewer = viewer;
    this.#thread = spawnThread(new URL('./thread-main.ts', import.meta.url), options);
    // What is thrown after the end is nobody's, and would end the process.
    this.#thread.on('error', () => {});
    // It rejects with what is thrown in the thread.
    this.#viewed = once(this.#thread, 'message', { signal }) as Promise<[Viewed]>;
    this.#post({ type: 'packets', packets });
    this.#taking = this.#take(AbortSignal.any([signal, this.#ending.signal]));
    // Both are told when it is asked for the result.
    this.#viewed.catch(() => {});
    this.#taking.catch(() => {});
  }

  /** The last picture before now is wanted. @returns now, in ms of the monotonic clock */
  keep(): number {
    const momentMs = nowMs();
    this.#post({ type: 'keep', momentMs });
    return momentMs;
  }

  /**
   * Takes what has come until now, and reads it to the end. To be called once.
   * @throws AbortError, and what was thrown in the thread, or by the bots
   */
  async finish(): Promise<Viewed> {
    try {
      this.#ending.abort();
      await this.#taking;
      this.#post({ type: 'packets', packets: await this.#viewer.takeVideo() });
      this.#post({ type: 'finish' });
      const [viewed] = await this.#viewed;
      return viewed;
    } finally {
      await this.close();
    }
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#thread.terminate();
  }

  async #take(ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      await delay(takeEveryMs, undefined, { signal: ending }).catch(() => {});
      if (ending.aborted) return;
      this.#post({ type: 'packets', packets: await this.#viewer.takeVideo() });
    }
  }

  #post(message: ToReader): void {
    this.#thread.postMessage(message);
  }
}
