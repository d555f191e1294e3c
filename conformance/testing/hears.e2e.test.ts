import { describe } from 'vitest';
import { minusSelfMix, startEmulator, straightToListeners } from '../../emulator/index.ts';
import type { Bots } from './bots.ts';
import { botsAt } from './index.ts';
import { brief, failureOf, measuredDb, patient } from './test-masked.ts';
import { TestingError } from './testing-error.ts';
import { expect, test } from './vitest/index.ts';

describe('toHear', () => {
  test('hears everybody in “all”, and everybody else in a member’s own track', async ({ emulator }) => {
    await Promise.all(['alice', 'bob', 'carol'].map((name) => emulator.publish(name, { room: 'demo' })));
    const all = await emulator.listen('demo');
    const own = await emulator.listen('demo', { track: 'alice' });
    for (const name of ['alice', 'bob', 'carol']) await expect(all).toHear(name, patient);
    await expect(own).toHear('bob', patient);
    await expect(own).toHear('carol', patient);
    await expect(own).not.toHear('alice', patient);
    expect(await failureOf(expect(own).toHear('alice', brief))).toBe(
      'expected track a2 of demo (everybody but alice) to have alice, but alice reads # dB (bar -3 dB) in # ms of sound; others heard: bob # dB, carol # dB',
    );
    expect(await failureOf(expect(own).not.toHear('bob', brief))).toBe(
      'expected track a2 of demo (everybody but alice) not to have bob, but bob reads # dB (bar -40 dB) in # ms of sound; others heard: carol # dB',
    );
  });

  test('follows who is muted, changes tracks, goes, and comes back', async ({ emulator }) => {
    const alice = await emulator.publish('alice', { room: 'demo' });
    await emulator.publish('bob', { room: 'demo' });
    expect(alice.trackId).toBe('a2');
    const listener = await emulator.listen('demo', { track: 'a3' });
    await expect(listener).toHear('alice', patient);
    await emulator.command('demo', 'mute-audio', 'alice');
    await expect(listener).not.toHear('alice', patient);
    await emulator.command('demo', 'mute-audio', 'alice');
    await expect(listener).toHear('alice', patient);

    await listener.select('alice');
    expect(listener.description).toBe('track a2 of demo (everybody but alice)');
    await expect(listener).toHear('bob', patient);
    await expect(listener).not.toHear('alice', patient);
    await listener.select('all');
    await expect(listener).toHear('alice', patient);

    await alice.abandon();
    await expect(listener).not.toHear('alice', patient);
    expect(await failureOf(expect(listener).toHear('alice', brief))).toBe(
      'expected track all of demo to have alice, but alice reads # dB (bar -3 dB) in # ms of sound; others heard: bob # dB; alice sends no more',
    );
    await emulator.publish('alice', { room: 'demo', levelDbfs: -32 });
    await expect(listener).toHear('alice', patient);
  });

  test('does not wait for a session that has ended', async ({ emulator }) => {
    await emulator.publish('alice', { room: 'demo' });
    const listener = await emulator.listen('demo');
    await expect(listener).toHear('alice', patient);
    const hearing = failureOf(expect(listener).toHear('alice', { withinDb: -1, ...patient }));
    await listener.close();
    expect(await hearing).toMatch(/^expected track all of demo to have alice, but /);
    expect(await failureOf(expect(listener).not.toHear('alice', patient))).toBe(
      'expected track all of demo not to have alice, but no packet of sound came in # s, for it has been closed',
    );
  });

  test('says which names there are where one is wrong', async ({ emulator }) => {
    await emulator.publish('alice', { room: 'demo' });
    await emulator.publish('mute', { room: 'demo', sound: 'silence' });
    const listener = await emulator.listen('demo');
    for (const name of ['alise', 'mute']) {
      const wrong = `no bot "${name}" has sent anything that can be heard: that have "alice"`;
      await expect(expect(listener).toHear(name)).rejects.toThrow(wrong);
      await expect(expect(listener).not.toHear(name)).rejects.toThrow(TestingError);
    }
    await expect(emulator.listen('demo', { track: 'alise' })).rejects.toThrow(
      'room demo has no member "alise": a track is "all", one of "all", "alice", "mute", or an id as "a2"',
    );
    await expect(emulator.listen('nowhere', { track: 'alice' })).rejects.toThrow(
      'stat of room nowhere is refused: 404',
    );
    await expect(emulator.command('demo', 'mute-audio', 'alise')).rejects.toThrow(
      'mute-audio of room demo is refused: 404',
    );
    await expect(emulator.publish('bob', { room: 'demo', sound: 'speech' })).rejects.toThrow(
      'tones and voices cannot be told apart in one mix: "alice" sends a tone, so send that here too',
    );
    await expect(emulator.publish('bob', { sound: 'noise' as never })).rejects.toThrow(
      'sound is one of "tone", "speech", "silence", and not "noise"',
    );
    await expect(expect(7).toHear('alice')).rejects.toThrow(
      'toHear is for what listen() gives, and not for number',
    );
    const forgotten = emulator.listen('demo');
    await expect(expect(forgotten).toHear('alice')).rejects.toThrow('await listen()');
    await forgotten;
  });
});

describe('toHear in rooms of little bandwidth', () => {
  test.override({
    emulatorOptions: {
      config: 'http 127.0.0.1:0; stream thin { input mosaic2:// bitrate=24 samplerate=8000 samples=160; }',
    },
  });

  test('still tells four bots apart', async ({ emulator }) => {
    const names = ['alice', 'bob', 'carol', 'dave'];
    for (const name of names) await emulator.publish(name, { room: 'thin' });
    const listener = await emulator.listen('thin', { track: 'alice' });
    for (const name of names.slice(1)) await expect(listener).toHear(name, patient);
    await expect(listener).not.toHear('alice', patient);
  });
});

describe('toHear in a full room', () => {
  test('tells twelve bots apart', async ({ emulator }) => {
    const names = Array.from({ length: 12 }, (_, n) => `bot-${n + 1}`);
    for (const name of names) await emulator.publish(name, { room: 'full' });
    const listener = await emulator.listen('full', { track: 'bot-9' });
    for (const name of names) {
      if (name === 'bot-9') await expect(listener).not.toHear(name, patient);
      else await expect(listener).toHear(name, patient);
    }
    await expect(emulator.publish('bot-13')).rejects.toThrow('there are 12 tones that can be told apart');
  });
});

describe('toHear with speech', () => {
  test('hears recorded voices', async ({ emulator }) => {
    for (const name of ['alice', 'bob', 'carol'])
      await emulator.publish(name, { room: 'demo', sound: 'speech' });
    const listener = await emulator.listen('demo', { track: 'alice' });
    await expect(listener).toHear('bob', patient);
    await expect(listener).not.toHear('alice', patient);
  });
});

describe('toHear at a defective emulator', () => {
  test.override({
    emulatorOptions: {
      parts: {
        mix: {
          ...minusSelfMix,
          withoutOwn(sum, own, wide) {
            minusSelfMix.withoutOwn(sum, own, wide);
            // The own voice comes back, twenty decibels down.
            if (own !== undefined) for (let n = 0; n < wide.length; n += 1) wide[n]! += own[n]! / 10;
          },
        },
      },
    },
  });

  test('finds the own voice at -20 dB', async ({ emulator }) => {
    await emulator.publish('alice', { room: 'demo' });
    await emulator.publish('bob', { room: 'demo' });
    const listener = await emulator.listen('demo', { track: 'alice' });
    await expect(listener).toHear('bob', patient);
    expect(await measuredDb(expect(listener).not.toHear('alice', brief))).toBeCloseTo(-20, 0);
    await expect(listener).not.toHear('alice', { belowDb: -18, ...patient });
  });
});

describe('toHear at an emulator that sends nothing', () => {
  test.override({
    emulatorOptions: { parts: { live: { ...straightToListeners, deliverAudio: () => () => {} } } },
  });

  test('passes neither way', async ({ emulator }) => {
    await emulator.publish('alice', { room: 'demo' });
    const listener = await emulator.listen('demo');
    expect(await failureOf(expect(listener).toHear('alice', brief))).toBe(
      'expected track all of demo to have alice, but no packet of sound came in # s',
    );
    expect(await failureOf(expect(listener).not.toHear('alice', brief))).toBe(
      'expected track all of demo not to have alice, but no packet of sound came in # s',
    );
  });
});

describe('bots of an emulator that runs elsewhere', () => {
  test('publish and listen by its URL alone', async () => {
    await using emulator = await startEmulator({ config: 'http 127.0.0.1:0; edit_auth ann secret;' });
    await using bots: Bots = botsAt(emulator.httpUrls[0]!.replace('//', '//ann:secret@'));
    await bots.publish('alice', { room: 'demo' });
    const listener = await bots.listen('demo');
    await expect(listener).toHear('alice', patient);
    await using strangers = botsAt(emulator.httpUrls[0]!);
    await expect(strangers.publish('bob', { room: 'demo' })).rejects.toThrow(
      'making room demo is refused: 401',
    );
  });
});
