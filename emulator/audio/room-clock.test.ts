import { describe, expect, it, vi } from 'vitest';
import { type ClockTime, startRoomClock } from './room-clock.ts';

/** Time that goes on only when it is told to, and an event loop that reads its sockets after the timers. */
class HandMadeTime implements ClockTime {
  #nowMs = 1000;
  #timer: { dueMs: number; run: () => void } | undefined;
  #afterReading: (() => void) | undefined;
  readonly log: string[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { dueMs: this.#nowMs + delayMs, run };
    this.#timer = timer;
    return () => {
      if (this.#timer === timer) this.#timer = undefined;
    };
  }

  afterReading(run: () => void): () => void {
    this.#afterReading = run;
    return () => {
      if (this.#afterReading === run) this.#afterReading = undefined;
    };
  }

  get isIdle(): boolean {
    return this.#timer === undefined && this.#afterReading === undefined;
  }

  /** The process is busy for so long. */
  stall(ms: number): void {
    this.#nowMs += ms;
  }

  /** One turn of the event loop. */
  turn(): void {
    const timer = this.#timer;
    if (timer !== undefined && timer.dueMs <= this.#nowMs) {
      this.#timer = undefined;
      timer.run();
    }
    this.log.push('sockets');
    const immediate = this.#afterReading;
    this.#afterReading = undefined;
    immediate?.();
  }

  run(ms: number): void {
    for (let i = 0; i < ms; i += 1) {
      this.#nowMs += 1;
      this.turn();
    }
  }
}

function ticking(periodMs = 20) {
  const time = new HandMadeTime();
  const ticks: number[] = [];
  const stop = startRoomClock(
    () => periodMs,
    (dueMs) => {
      ticks.push(dueMs - 1000);
      time.log.push('tick');
    },
    { time },
  );
  return { time, ticks, stop };
}

describe('the clock of a room', () => {
  it('ticks at an even pace, with the times at which the ticks were due', () => {
    const { time, ticks } = ticking();
    time.run(100);
    expect(ticks).toEqual([20, 40, 60, 80, 100]);
  });

  it('keeps its pace when it is woken a little late', () => {
    const { time, ticks } = ticking();
    for (let i = 0; i < 10; i += 1) {
      time.stall(7);
      time.turn();
    }
    expect(ticks).toEqual([20, 40, 60]);
    expect(time.log.slice(0, 3)).toEqual(['sockets', 'sockets', 'tick']);
  });

  it('asks for the period before each tick', () => {
    const time = new HandMadeTime();
    const ticks: number[] = [];
    let periodMs = 20;
    startRoomClock(
      () => periodMs,
      (dueMs) => ticks.push(dueMs - 1000),
      { time },
    );
    time.run(30);
    periodMs = 5;
    time.run(25);
    expect(ticks).toEqual([20, 40, 45, 50, 55]);
  });

  it('makes up for late ticks after a stall once what came in meanwhile has been read', () => {
    const { time, ticks } = ticking();
    time.run(20);
    time.log.length = 0;
    time.stall(150);
    time.turn();
    expect(ticks).toEqual([20, 40, 60, 80, 100, 120, 140, 160]);
    expect(time.log).toEqual(['sockets', ...Array<string>(7).fill('tick')]);
    time.run(10);
    expect(ticks.at(-1)).toBe(180);
  });

  it('leaves out what was lost in a long stall', () => {
    const { time, ticks } = ticking();
    time.stall(5000);
    time.turn();
    time.run(20);
    expect(ticks).toEqual([5000, 5020]);
  });

  it('goes on after a tick that throws, and tells of it', () => {
    const time = new HandMadeTime();
    const onError = vi.fn();
    const ticks: number[] = [];
    startRoomClock(
      () => 20,
      (dueMs) => {
        ticks.push(dueMs - 1000);
        if (ticks.length === 2) throw new Error('no');
      },
      { time, onError },
    );
    time.run(80);
    expect(ticks).toEqual([20, 40, 60, 80]);
    expect(onError).toHaveBeenCalledExactlyOnceWith(new Error('no'));
  });

  it.each([
    ['before the first tick', 0],
    ['while it waits for its sockets', 150],
  ])('does nothing more when it is stopped %s, twice', (_, stallMs) => {
    const { time, ticks, stop } = ticking();
    time.stall(stallMs);
    const { afterReading } = time;
    time.afterReading = (run) => {
      const cancel = afterReading.call(time, run);
      stop();
      return cancel;
    };
    if (stallMs > 0) time.turn();
    stop();
    stop();
    time.run(100);
    expect(ticks).toEqual([]);
    expect(time.isIdle).toBe(true);
  });

  it('can be stopped within a tick, of several that are late too', () => {
    const time = new HandMadeTime();
    const ticks: number[] = [];
    const stop = startRoomClock(
      () => 20,
      (dueMs) => {
        ticks.push(dueMs - 1000);
        stop();
      },
      { time },
    );
    time.stall(100);
    time.turn();
    time.run(100);
    expect(ticks).toEqual([20]);
    expect(time.isIdle).toBe(true);
  });

  it('ticks in real time', async () => {
    const dueMs: number[] = [];
    await new Promise<void>((resolve) => {
      const stop = startRoomClock(
        () => 2,
        (due) => {
          dueMs.push(due);
          if (dueMs.length < 5) return;
          stop();
          resolve();
        },
      );
    });
    expect(dueMs).toHaveLength(5);
    // Sums of fractions of a millisecond are not exact.
    expect(dueMs[1]! - dueMs[0]!).toBeGreaterThan(2 - 1e-6);
    expect(performance.now()).toBeGreaterThanOrEqual(dueMs.at(-1)!);
  });
});
