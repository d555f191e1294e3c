import { describe, expect, it } from 'vitest';
import { hears, hearsNot, startEmulator, type TestEmulator, TestingError } from '../../index.ts';
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
