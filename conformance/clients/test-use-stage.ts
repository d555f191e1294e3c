import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Chromium } from './chromium.ts';
import type { MemberPage } from './member-page.ts';
import { TestStage } from './test-stage.ts';

/** What the tests of a block share; not to be asked for before the first of them runs. */
export interface UsedStage {
  readonly stage: TestStage;
  /** In the order of being launched. */
  readonly browsers: readonly Chromium[];
}

/**
 * Gives the tests of a block an emulator and browsers, holds after each of them that no page did anything wrong, and
 * closes all of it in the end.
 * @param streams the streams of the configuration
 */
export function useStage(
  streams: string,
  launch: (stage: TestStage) => Promise<readonly Chromium[]>,
): UsedStage {
  let stage: TestStage;
  let browsers: readonly Chromium[];
  beforeAll(async () => {
    stage = await TestStage.start(streams);
    browsers = await launch(stage);
  });
  afterEach(() => stage.expectCleanRecords());
  afterAll(() => stage?.close());
  return {
    get stage() {
      return stage;
    },
    get browsers() {
      return browsers;
    },
  };
}

/** Two who publish, each from a browser of its own, and somebody who watches both. */
export interface RoomOfTwo {
  /** The track without the one, and without the other. */
  readonly tracks: readonly string[];
  readonly alice: MemberPage;
  readonly bob: MemberPage;
  /** A tab of bob's browser. */
  readonly viewer: MemberPage;
}

/** @param names of the two streams, which are added to the room */
export async function openRoomOfTwo(
  { stage, browsers }: UsedStage,
  room: string,
  names: readonly [alice: string, bob: string],
): Promise<RoomOfTwo> {
  const [first, second] = browsers as [Chromium, Chromium];
  const tracks = await stage.emulator.addStreams(room, ...names);
  const [alice, bob] = await Promise.all([stage.publish(first, names[0]), stage.publish(second, names[1])]);
  const viewer = await stage.open(second);
  await viewer.play(stage.streamUrl(room), { start_track: 'v1a1' });
  return { tracks, alice, bob, viewer };
}
