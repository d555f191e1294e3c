import { describe, expect, it, vi } from 'vitest';
import { readLevels } from './read-levels.ts';

describe('readLevels', () => {
  it('looks once, after the meter had time to measure, and lets go of it', async () => {
    const levels = { members: new Map([['alice', { dbfs: -29, delayMs: 20 }]]), tracks: new Map() };
    const close = vi.fn();
    const openedMs = performance.now();
    const read = vi.fn(() => (performance.now() - openedMs > 200 ? levels : undefined));
    await expect(readLevels({ openMeter: () => ({ read, close }) }, 'demo')).resolves.toBe(levels);
    expect(close).toHaveBeenCalledOnce();
  });

  it('says so where the room is not there, or goes meanwhile', async () => {
    const gone = 'levels: there is no room "demo"';
    await expect(readLevels({ openMeter: () => undefined }, 'demo')).rejects.toThrow(gone);
    const close = vi.fn();
    const meter = { read: () => undefined, close };
    await expect(readLevels({ openMeter: () => meter }, 'demo')).rejects.toThrow(gone);
    expect(close).toHaveBeenCalledOnce();
  });
});
