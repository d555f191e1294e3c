import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hears, hearsNot, startEmulator, type TestEmulator, TestingError } from '../../index.ts';
import { spawnModule, whenGone } from '../processes.ts';
import type { HeldByMany, ManyEmulators } from './many-emulators-process.ts';
import { patient } from './test-masked.ts';

describe('the package’s startEmulator', () => {
  it('runs several side by side, whose rooms of one name have nothing to do with each other', async () => {
    await using first = await startEmulator();
    await using second = await startEmulator();
    expect(first.url).not.toBe(second.url);
    await first.publish('alice', { room: 'demo' });
    await second.publish('nobody', { room: 'demo' });
    await second.publish('alice', { room: 'other' });
    const [here, there] = await Promise.all([first.listen('demo'), second.listen('demo')]);
    const verdicts = await Promise.all([
      hears(here, 'alice', patient),
      hears(there, 'nobody', patient),
      hearsNot(there, 'alice', patient),
    ]);
    expect(verdicts.map(({ message }) => message)).toEqual(['', '', '']);
  });

  it('shows rooms, tracks, sessions and levels', async () => {
    await using emulator = await startEmulator();
    await emulator.addRoom('demo', { picture: true });
    await emulator.addRoom('demo');
    const alice = await emulator.publish('alice', { room: 'demo', picture: true });
    expect(alice).toMatchObject({ name: 'alice', trackId: 'a2', hasPicture: true });
    expect(emulator.rooms()).toMatchObject([
      { name: 'demo', members: [{ stream: 'alice', trackNumber: 2 }] },
    ]);
    expect(emulator.tracks('demo').map(({ trackId, title }) => `${trackId} ${title}`)).toEqual([
      'v1 all',
      'a1 all',
      'a2 alice',
    ]);
    expect(emulator.tracks('nowhere')).toEqual([]);
    await emulator.listen('demo');
    expect(emulator.sessions()).toMatchObject([
      { kind: 'publish', stream: 'alice', connected: true },
      { kind: 'play', stream: 'demo', tracks: ['a1'] },
    ]);
    const { members, tracks } = await emulator.levels('demo');
    // A tone whose highest sample is at -26 dB of full scale.
    expect(members.get('alice')?.dbfs).toBeGreaterThan(-32);
    expect(tracks.get(1)).toBeGreaterThan(-32);
    await expect(emulator.levels('nowhere')).rejects.toThrow('levels: there is no room "nowhere"');
  });

  it('is closed with all its bots, as often as one likes, and takes none any more', async () => {
    const emulator = await startEmulator();
    const alice = await emulator.publish('alice', { room: 'demo' });
    const listener = await emulator.listen('demo');
    // It comes about while the others are ended, or not at all.
    const late = emulator.publish('bob', { room: 'demo' }).catch((error: Error) => error);
    await Promise.all([emulator.close(), emulator.close()]);
    await Promise.all([alice.ended, listener.ended]);
    expect(await late).toBeInstanceOf(Error);
    await Promise.all([emulator.close(), alice.close(), listener.close()]);
    await expect(emulator.publish('carol')).rejects.toThrow(TestingError);
    await expect(emulator.listen('demo')).rejects.toThrow('the bots have been closed');
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  it('serves bots over TLS alone, and without credentials', async () => {
    const address = '127.0.0.1';
    await using emulator: TestEmulator = await startEmulator({
      config: 'template any { input publish://; }',
      http: [],
      https: [{ address, port: 0 }],
    });
    expect(emulator.url).toMatch(/^https:/);
    await emulator.publish('alice', { room: 'demo' });
    expect(await hears(await emulator.listen('demo'), 'alice', patient)).toMatchObject({ pass: true });
  });
});

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
