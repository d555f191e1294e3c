import { describe, expect, it, vi } from 'vitest';
import { CodecCalls } from './codec-calls.ts';
import type { NativeStep } from './steps.ts';

/** A codec without native code, whose calls end when the test says so. */
function setUp() {
  const [onError, free] = [vi.fn(), vi.fn()];
  const calls = new CodecCalls({ onError, free });
  const log: string[] = [];
  const call = (name: string, native: Promise<number> = Promise.resolve(0)) =>
    function* steps(): Generator<NativeStep, string, number> {
      log.push(`${name} begins`);
      yield { sync: () => 0, async: () => native };
      log.push(`${name} ends`);
      return name;
    };
  return { calls, call, log, onError, free };
}

describe('the calls of a codec', () => {
  it('are made one after the other', async () => {
    const { calls, call, log } = setUp();
    expect(await Promise.all([calls.run(call('a')), calls.run(call('b'))])).toEqual(['a', 'b']);
    expect(calls.runSync(call('c'))).toBe('c');
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('keep what they use until the last one has ended', async () => {
    const { calls, call, free } = setUp();
    let end: (result: number) => void = () => {};
    const slow = new Promise<number>((resolve) => {
      end = resolve;
    });
    const running = [calls.run(call('a', slow)), calls.run(call('b'))];
    calls.close();
    expect(calls.closed).toBe(true);
    end(0);
    await running[0];
    expect(free).not.toHaveBeenCalled();
    await running[1];
    await vi.waitFor(() => expect(free).toHaveBeenCalledTimes(1));
    calls.close();
    expect(free).toHaveBeenCalledTimes(1);
  });

  it('tell of an error, and go on', async () => {
    const { calls, call, onError } = setUp();
    const error = new Error('no picture');
    await expect(calls.run(call('a', Promise.reject(error)))).rejects.toBe(error);
    expect(onError.mock.calls).toEqual([[error]]);
    expect(await calls.run(call('b'))).toBe('b');
    const broken = () => {
      throw error;
    };
    expect(() => calls.runSync(broken)).toThrow(error);
    expect(onError).toHaveBeenCalledTimes(2);
  });

  it('need nothing to be freed at once', () => {
    const { calls, free } = setUp();
    calls.close();
    expect(free).toHaveBeenCalledTimes(1);
  });
});
