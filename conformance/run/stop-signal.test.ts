import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stopSignal } from './stop-signal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fakeProcess() {
  return Object.assign(new EventEmitter(), { exit: vi.fn() });
}

describe('stopSignal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('aborts at the first %s and exits with %d at the second', (name, code) => {
    const stopped = fakeProcess();
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const signal = stopSignal(stopped);
    expect(signal.aborted).toBe(false);
    stopped.emit(name);
    expect(signal.aborted).toBe(true);
    expect(stopped.exit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    stopped.emit(name);
    expect(stopped.exit).toHaveBeenCalledExactlyOnceWith(code);
    expect(told).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('may be there still'));
  });

  it('aborts at an error that nobody catches', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const stopped = fakeProcess();
    const signal = stopSignal(stopped);
    stopped.emit('uncaughtException', new Error('any'));
    expect(signal.aborted).toBe(true);
  });

  it('takes two signals in one moment for one, as npm passes on what the terminal has sent already', () => {
    const stopped = fakeProcess();
    const signal = stopSignal(stopped);
    stopped.emit('SIGINT');
    vi.advanceTimersByTime(100);
    stopped.emit('SIGINT');
    expect(signal.aborted).toBe(true);
    expect(stopped.exit).not.toHaveBeenCalled();
  });
});
