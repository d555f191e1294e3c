import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { spawnModule, whenGone } from '../../conformance/processes.ts';
import type { HeldByMany, ManyEmulators } from './many-emulators-process.ts';

/** Starts emulators in a process of their own, one after the other, and closes them. */
async function holdMany(request: ManyEmulators): Promise<HeldByMany> {
  const child = spawnModule(new URL('./many-emulators-process.ts', import.meta.url));
  child.send(request);
  const [held] = (await once(child, 'message')) as [HeldByMany];
  // Nothing keeps it alive.
  expect(await whenGone(child)).toBe('code 0');
  return held;
}

describe('fifty emulators, one after the other', () => {
  it('leave no handle, port, file or memory behind', async () => {
    const { before, after, urls } = await holdMany({ count: 50, warmUp: 30, bots: false });
    expect(after.handles).toEqual(before.handles);
    expect(after.descriptors.length).toBeLessThanOrEqual(before.descriptors.length);
    expect(after.temporaryFiles).toEqual([]);
    expect(urls).toHaveLength(50);
    expect(after.rssBytes / before.rssBytes).toBeLessThan(1.05);
  });

  it('nor do their bots', async () => {
    const { before, after } = await holdMany({ count: 20, warmUp: 20, bots: true });
    expect(after.handles).toEqual(before.handles);
    expect(after.descriptors.length).toBeLessThanOrEqual(before.descriptors.length);
    expect(after.temporaryFiles).toEqual([]);
    expect(after.rssBytes / before.rssBytes).toBeLessThan(1.1);
  });
});
