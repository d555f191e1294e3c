import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { whenCrashed } from './crash.ts';

let told: MockInstance<typeof console.error>;

beforeEach(() => {
  vi.useFakeTimers();
  told = vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  vi.useRealTimers();
});

function crash(...errors: unknown[]) {
  const exit = vi.fn<(code: number) => void>();
  const crashing = Object.assign(new EventEmitter(), { exit, exitCode: 0 });
  const end = vi.fn();
  whenCrashed(end, crashing);
  for (const error of errors) crashing.emit('uncaughtException', error);
  return { crashing, end };
}

describe('an error that nobody catches', () => {
  it('ends the run once, and is told once, whatever comes of it', () => {
    const { crashing, end } = crash(new Error('the first'), new Error('of telling it'));
    expect(end).toHaveBeenCalledOnce();
    expect(told).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/\nError: the first\n {4}at /));
    expect(crashing.exit).not.toHaveBeenCalled();
  });

  it('makes the exit code 2, whatever the run makes of its end', () => {
    const { crashing } = crash(new Error('any'));
    crashing.exitCode = 1;
    crashing.emit('exit');
    expect(crashing.exitCode).toBe(2);
  });

  it('ends the process where the run does not come to an end', () => {
    const { crashing } = crash(new Error('any'));
    vi.advanceTimersByTime(20_000);
    expect(crashing.exit).toHaveBeenCalledExactlyOnceWith(2);
  });

  it.each<[string, unknown, RegExp]>([
    ['without credentials', new Error('http://user:secret@host/x'), /http:\/\/USER:PASSWORD@host\/x/],
    ['without what steers a terminal', new Error('a\u001b[2Jb'), /Error: a.*b/],
    ['where it is no error', 'a word', /:\na word$/],
  ])('is told %s', (_how, error, text) => {
    crash(error);
    expect(told).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(text));
    expect(told.mock.lastCall![0]).not.toContain('secret');
    expect(told.mock.lastCall![0]).not.toContain('\u001b');
  });
});
