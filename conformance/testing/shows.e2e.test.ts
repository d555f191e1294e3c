import { describe } from 'vitest';
import { gridOfEverybody } from '../../emulator/index.ts';
import type { TestEmulator } from './start-emulator.ts';
import { brief, failureOf, patient } from './test-masked.ts';
import { expect, test } from './vitest/index.ts';

async function threeWithCameras(emulator: TestEmulator) {
  await Promise.all(
    ['alice', 'bob', 'carol'].map((name) => emulator.publish(name, { room: 'demo', picture: true })),
  );
  return emulator.listen('demo', { picture: true });
}

describe('toShow and toMatchGrid', () => {
  test('see who is there, where, and who is not', async ({ emulator }) => {
    const viewer = await threeWithCameras(emulator);
    for (const name of ['alice', 'bob', 'carol']) await expect(viewer).toShow(name, patient);
    await expect(viewer).toMatchGrid(['alice', 'bob', 'carol'], patient);
    await expect(viewer).toMatchGrid(
      [
        ['alice', 'bob'],
        ['carol', null],
      ],
      patient,
    );
    expect(await failureOf(expect(viewer).toMatchGrid(['alice', 'carol', 'bob'], brief))).toBe(
      'expected the picture of demo to be ["alice","carol","bob"], but place 2 has bob instead of carol; it shows row 1: alice, bob; row 2: carol',
    );
    expect(await failureOf(expect(viewer).toMatchGrid([['alice', 'bob'], ['bob']], brief))).toBe(
      'expected the picture of demo to be [["alice","bob"],["bob"]], but row 2, column 1 has carol instead of bob; it shows row 1: alice, bob; row 2: carol',
    );
    expect(await failureOf(expect(viewer).not.toShow('bob', brief))).toBe(
      'expected the picture of demo not to show bob, but bob is in row 1, column 2; it shows row 1: alice, bob; row 2: carol',
    );

    await emulator.command('demo', 'mute_video', 'alice');
    await expect(viewer).not.toShow('alice', patient);
    await expect(viewer).toMatchGrid([[null, 'bob'], ['carol']], patient);
    expect(await failureOf(expect(viewer).toShow('alice', brief))).toBe(
      'expected the picture of demo to show alice, but it shows row 1: bob; row 2: carol',
    );
    await emulator.command('demo', 'remove_stream', 'alice');
    await expect(viewer).toMatchGrid([['bob', 'carol']], patient);
    // The sound comes along.
    await expect(viewer).toHear('bob', patient);
  });

  test('say what is missing where there is no picture to look at', async ({ emulator }) => {
    await emulator.publish('alice', { room: 'quiet' });
    await emulator.publish('bob', { picture: true });
    const blind = await emulator.listen('quiet');
    const viewer = await emulator.listen('quiet', { picture: true });
    await expect(expect(viewer).toShow('alice')).rejects.toThrow(
      'no bot "alice" has a camera: that have "bob"; publish with { picture: true }',
    );
    await expect(expect(viewer).toMatchGrid(['alice'])).rejects.toThrow('no bots "alice" have a camera');
    await expect(expect(viewer).toMatchGrid([['bob'], 'bob'] as never)).rejects.toThrow('a grid is');
    await expect(expect(blind).toShow('bob')).rejects.toThrow(
      'the listener takes no picture: listen("quiet", { picture: true })',
    );
    await expect(expect(viewer).not.toShow('bob')).rejects.toThrow(
      'room quiet has no picture: a room gets one when it is made, by addRoom("quiet", { picture: true })',
    );
    await expect(expect(viewer).not.toMatchGrid(['bob'])).rejects.toThrow('toMatchGrid has no .not');
  });
});

describe('toShow and toMatchGrid at defective emulators', () => {
  test.override({
    emulatorOptions: {
      parts: {
        video: {
          ...gridOfEverybody,
          grid: (count, rules) => gridOfEverybody.grid(count, rules).toReversed(),
          refreshes: ({ index, pictureAgeMs }) => index !== 1 || pictureAgeMs === undefined,
        },
      },
    },
  });

  test('find cells that were swapped, and one that stands still', async ({ emulator }) => {
    const viewer = await threeWithCameras(emulator);
    await expect(viewer).toShow('alice', patient);
    await expect(viewer).toMatchGrid([['carol', 'bob'], ['alice']], patient);
    expect(await failureOf(expect(viewer).toMatchGrid([['alice', 'bob'], ['carol']], brief))).toBe(
      'expected the picture of demo to be [["alice","bob"],["carol"]], but row 1, column 1 has carol instead of alice; it shows row 1: carol, bob; row 2: alice',
    );
    expect(await failureOf(expect(viewer).toShow('bob', brief))).toBe(
      'expected the picture of demo to show bob, but bob in row 1, column 2 stands still for # s; it shows row 1: carol, bob; row 2: alice',
    );
  });
});
