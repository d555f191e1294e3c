import { describe, expect, it } from 'vitest';
import { LatenessLog } from './lateness-log.ts';

describe('LatenessLog', () => {
  it('tells what was sent from a moment on, as often as it is asked', () => {
    const log = new LatenessLog();
    expect(log.since(0)).toEqual([]);
    for (let i = 0; i < 10; i += 1) log.add(100 * i, i);
    expect(log.since(700)).toEqual([7, 8, 9]);
    expect(log.since(0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('forgets what is long ago', () => {
    const log = new LatenessLog();
    for (let i = 0; i < 200_000; i += 1) log.add(i, i % 7);
    const kept = log.since(0);
    expect(kept).toHaveLength(131_072);
    expect(kept.at(-1)).toBe(199_999 % 7);
    expect(kept[0]).toBe((200_000 - 131_072) % 7);
  });
});
