import { type NativeStep, runSteps, runStepsSync } from './steps.ts';

/** What one call of a codec does, made when its turn has come. */
type Call<Result> = () => Generator<NativeStep, Result, number>;

/**
 * The calls of one native codec and its end: they are worked off in order, and what the codec holds is freed
 * once it is closed and none is under way any more.
 */
export class CodecCalls {
  readonly #onError: (error: unknown) => void;
  readonly #free: () => void;
  #closed = false;
  #freed = false;
  #running = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * @param onError told of what a call throws, before its caller is
   * @param free called once
   */
  constructor({ onError, free }: { onError: (error: unknown) => void; free: () => void }) {
    this.#onError = onError;
    this.#free = free;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Makes a call outside the calling thread, after those before it. */
  run<Result>(call: Call<Result>): Promise<Result> {
    this.#running += 1;
    const result = this.#queue.then(() => this.#run(call));
    this.#queue = result
      .catch(() => undefined)
      .then(() => {
        this.#running -= 1;
        this.#freeWhereUnused();
      });
    return result;
  }

  /** The same on the calling thread; never while `run` is under way. */
  runSync<Result>(call: Call<Result>): Result {
    try {
      return runStepsSync(call());
    } catch (error) {
      this.#onError(error);
      throw error;
    }
  }

  /** Idempotent. What is under way is finished first. */
  close(): void {
    this.#closed = true;
    this.#freeWhereUnused();
  }

  async #run<Result>(call: Call<Result>): Promise<Result> {
    try {
      return await runSteps(call());
    } catch (error) {
      this.#onError(error);
      throw error;
    }
  }

  #freeWhereUnused(): void {
    if (!this.#closed || this.#running > 0 || this.#freed) return;
    this.#freed = true;
    this.#free();
  }
}
