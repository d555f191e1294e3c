import { afterEach, describe, expect, it, vi } from 'vitest';
import { patiently, postponedMs } from './postponed.ts';

afterEach(() => void vi.useRealTimers());

describe('postponedMs', () => {
  it.each([
    [429, '1', 1000],
    [503, '10', 10_000],
    [429, '0', 200],
    [503, 'Thu, 01 Jan 2026 00:00:03 GMT', 3000],
    [503, 'Wed, 31 Dec 2025 00:00:00 GMT', 200],
  ])('reads %i with Retry-After %s as %i ms', (status, header, ms) => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    expect(postponedMs(status, header)).toBe(ms);
  });

  it.each([
    [200, '1'],
    [502, '1'],
    [429, undefined],
    [429, '11'],
    [429, 'soon'],
  ])('takes %i with Retry-After %s for the last word', (status, header) => {
    expect(postponedMs(status, header)).toBeUndefined();
  });
});

describe('a call that is put off', () => {
  /** A server that puts a call off so often, each time for a second. */
  const server = (times: number) => {
    let calls = 0;
    const call = async () => {
      calls += 1;
      return calls <= times ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200, headers: {} };
    };
    return { call, calls: () => calls };
  };

  it('is made again when the server wants it', async () => {
    const { call, calls } = server(1);
    const answered = patiently(call, 10_000);
    expect((await answered).status).toBe(200);
    expect(calls()).toBe(2);
  });

  it('is not waited for longer than there is time', async () => {
    const { call, calls } = server(9);
    expect((await patiently(call, 500)).status).toBe(429);
    expect(calls()).toBe(1);
  });

  it('is waited for no more where the run ends', async () => {
    const { call, calls } = server(9);
    await expect(patiently(call, 10_000, AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect(calls()).toBe(1);
  });
});
