import { beforeAll, describe, expect, it, vi } from 'vitest';
import { median } from '../analysis/statistics.ts';
import type { MemberPage } from './member-page.ts';
import {
  gridOf,
  hearLevels,
  isWithoutChromium,
  waitForEvent,
  waitForGrid,
  waitForSound,
  waiting,
} from './test-stage.ts';
import { openRoomOfTwo, useStage } from './test-use-stage.ts';

describe.skipIf(isWithoutChromium)('the official client 24.7.1 in a room of two', () => {
  const [aliceBot, bobBot] = [0, 1];
  const used = useStage('stream lobby { input mosaic2:// disable_video=false; }', (stage) =>
    Promise.all([stage.launch(aliceBot), stage.launch(bobBot)]),
  );
  let alice: MemberPage;
  let bob: MemberPage;
  let viewer: MemberPage;
  /** Tracks without alice, without bob. */
  let tracks: readonly string[];

  beforeAll(async () => {
    ({ tracks, alice, bob, viewer } = await openRoomOfTwo(used, 'lobby', ['alice', 'bob']));
    await waitForSound(viewer, [aliceBot, bobBot]);
  });

  it('lets a viewer hear everybody, and a member everybody but itself', async () => {
    await alice.play(used.stage.streamUrl('lobby'), { start_track: `v1${tracks[0]}` });
    await waitForSound(alice, [bobBot]);
    // Browsers stretch sound where it comes late: then both record anew.
    const [all, own] = await vi.waitFor(async () => {
      const [all, own] = await Promise.all([hearLevels(viewer, 3), hearLevels(alice, 3)]);
      for (const level of [all[aliceBot], all[bobBot], own[bobBot]]) expect(Math.abs(level!)).toBeLessThan(1);
      return [all, own];
    }, waiting);
    await alice.player('destroy');
    console.info(`heard by a viewer: ${decibels(all!)}; by alice, who is bot 0: ${decibels(own!)}`);
    expect(own![aliceBot]).toBeLessThan(-50);
  });

  it('shows everybody in place, upright, whole and in the camera’s colours', async () => {
    await waitForGrid(viewer, gridOf([aliceBot, bobBot]));
  });

  it('tells by its events and callbacks that it plays and publishes, and what', async () => {
    for (const publisher of [alice, bob]) {
      expect(await publisher.events()).toEqual(
        expect.arrayContaining(['publisher started', 'publisher streaming', 'publisher connected']),
      );
    }
    const events = await viewer.events();
    expect(events).toEqual(expect.arrayContaining(['player play', 'player playing']));
    expect(events.filter((event) => /fail|stalled/.test(event))).toEqual([]);
    const { tracks: told, abr } = (await viewer.mediaInfo())!;
    expect(told.map(({ track_id, content }) => `${content} ${track_id}`)).toEqual([
      'video v1',
      'audio a1',
      ...tracks.map((track) => `audio ${track}`),
    ]);
    expect(abr).toBe(false);
  });

  it('changes tracks while it plays', async () => {
    await viewer.changeTracks(['v1', tracks[1]!]);
    await waitForSound(viewer, [aliceBot]);
    await viewer.changeTracks(['v1', tracks[0]!]);
    await waitForSound(viewer, [bobBot]);
    await viewer.changeTracks(['auto']);
    await waitForSound(viewer, [aliceBot, bobBot]);
    await waitForGrid(viewer, gridOf([aliceBot, bobBot]));
  });

  it('shows the first picture within a second of play()', async () => {
    const page = await used.stage.open(used.browsers[0]!);
    const timesMs: number[] = [];
    for (let time = 1; time <= 5; time++) {
      timesMs.push(await page.playUntilPicture(used.stage.streamUrl('lobby'), { start_track: 'v1a1' }));
      await page.player('destroy');
    }
    await page.close();
    console.info(`from play() to the first picture: ${timesMs.map(Math.round).join(', ')} ms`);
    expect(median(timesMs)).toBeLessThan(1000);
  });

  it('mutes by itself, and is heard again', async () => {
    await alice.publisher('mute');
    await waitForSound(viewer, [bobBot]);
    await alice.publisher('mute');
    await waitForSound(viewer, [aliceBot, bobBot]);
    await waitForEvent(viewer, 'player playing');
  });
});

function decibels(levels: readonly number[]): string {
  return levels.map((level, bot) => `bot ${bot} ${level.toFixed(1)} dB`).join(', ');
}
