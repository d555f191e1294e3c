import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DelayLine } from './delay-line.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function line() {
  const out: number[] = [];
  const delays = new DelayLine();
  return {
    out,
    delays,
    push: (delayMs: number, thing: number) => delays.push(delayMs, () => out.push(thing)),
  };
}

describe('DelayLine', () => {
  it('passes at once what need not wait', () => {
    const { out, push } = line();
    push(0, 1);
    expect(out).toEqual([1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps each back for its time, and in order', async () => {
    const { out, push } = line();
    push(30, 1);
    push(10, 2);
    push(0, 3);
    push(50, 4);
    await vi.advanceTimersByTimeAsync(29);
    expect(out).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(out).toEqual([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(20);
    expect(out).toEqual([1, 2, 3, 4]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends its timer when it is closed, and takes nothing more', async () => {
    const { out, delays, push } = line();
    push(10, 1);
    delays.close();
    delays.close();
    push(0, 2);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(out).toEqual([]);
  });

  it('loses what its queue has no place for', async () => {
    const { out, push } = line();
    for (let i = 0; i < 5000; i += 1) push(10, i);
    await vi.advanceTimersByTimeAsync(20);
    expect(out).toEqual(Array.from({ length: 4096 }, (_, i) => i));
  });

  it('goes on when what it passes on pushes more', async () => {
    const { out, delays, push } = line();
    delays.push(5, () => push(5, 1));
    await vi.advanceTimersByTimeAsync(11);
    expect(out).toEqual([1]);
  });
});
