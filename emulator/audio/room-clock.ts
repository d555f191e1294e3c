/** What is left out when the process could not keep up, so that it does not run after lost time for ever. */
const maxCatchUpMs = 500;

/** Where a clock takes its time from; tests hand in their own. Functions that start something cancel it. */
export interface ClockTime {
  nowMs(): number;
  after(delayMs: number, run: () => void): () => void;
  /** Calls `run` once what has arrived at the sockets has been read. */
  afterReading(run: () => void): () => void;
}

export interface RoomClockOptions {
  /** Told of what `tick` throws: the clock goes on. Default: a warning of the process. */
  readonly onError?: (error: unknown) => void;
  /** Default: `performance.now()` and the timers of Node. */
  readonly time?: ClockTime;
}

const systemTime: ClockTime = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  afterReading(run) {
    // The event loop polls its sockets between timers and immediates.
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  },
};

/**
 * Calls `tick` at an even pace with the time at which it was due, in ms of `performance.now()`. Ticks that
 * came late are made up for at once; after a stall of the process they wait until the sockets have been
 * read, or what came in meanwhile would be taken for lost.
 * @param periodMs asked before each tick, so that it may change
 * @returns stops the clock; may be called more than once, and within a tick
 */
export function startRoomClock(
  periodMs: () => number,
  tick: (dueMs: number) => void,
  { onError = warnOfError, time = systemTime }: RoomClockOptions = {},
): () => void {
  let dueMs = time.nowMs() + periodMs();
  let isStopped = false;
  let cancel = () => {};
  const schedule = () => {
    cancel = time.after(Math.max(0, dueMs - time.nowMs()), wake);
  };
  const wake = () => {
    if (time.nowMs() - dueMs > periodMs()) cancel = time.afterReading(run);
    else run();
  };
  const run = () => {
    const nowMs = time.nowMs();
    if (nowMs - dueMs > maxCatchUpMs) dueMs = nowMs;
    try {
      while (dueMs <= nowMs && !isStopped) {
        const tickMs = dueMs;
        // Before the tick: one that throws is not made again.
        dueMs += periodMs();
        tick(tickMs);
      }
    } catch (error) {
      onError(error);
    } finally {
      if (!isStopped) schedule();
    }
  };
  schedule();
  return () => {
    isStopped = true;
    cancel();
  };
}

function warnOfError(error: unknown): void {
  process.emitWarning(`a tick of a room failed: ${error}`);
}
