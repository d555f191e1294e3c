import { describe, expect, it, vi } from 'vitest';
import { postponedMs } from './postponed.ts';

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
    vi.useRealTimers();
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
