import { performance } from 'node:perf_hooks';

/** What is left out when the process could not keep up, so that it does not run after lost time for ever. */
const maxCatchUpMs = 500;

/**
 * Calls `tick` at an even pace with the time at which it was due, in ms of `performance.now()`. Ticks that
 * came late are made up for at once.
 * @param periodMs asked before each tick, so that it may change
 * @returns stops the clock; may be called more than once
 */
export function startRoomClock(periodMs: () => number, tick: (dueMs: number) => void): () => void {
  let dueMs = performance.now() + periodMs();
  let timer: NodeJS.Timeout;
  const schedule = () => {
    timer = setTimeout(run, Math.max(0, dueMs - performance.now()));
  };
  const run = () => {
    const nowMs = performance.now();
    if (nowMs - dueMs > maxCatchUpMs) dueMs = nowMs;
    while (dueMs <= nowMs) {
      tick(dueMs);
      dueMs += periodMs();
    }
    schedule();
  };
  schedule();
  return () => clearTimeout(timer);
}
