import { afterEach, describe, expect, it, vi } from 'vitest';
import { paintSignature } from '../bots/signatures/picture-signature.ts';
import { yuvToRgb } from '../picture/colour-space.ts';
import { findCells } from '../picture/find-cells.ts';
import type { I420Picture, Rectangle } from '../picture/i420.ts';
import { colourAt } from '../picture/sampling.ts';
import type { MemberPage } from './member-page.ts';
import { gridOf, isWithoutChromium, waitForEvent, waitForGrid, waitForSound, waiting } from './test-stage.ts';
import { openRoomOfTwo, useStage } from './test-use-stage.ts';

describe.skipIf(isWithoutChromium)('the official client 24.7.1 comes, changes and goes', () => {
  const [aliceBot, bobBot, carolBot, slideBot] = [0, 1, 2, 5];
  const rooms = ['stopping', 'restarting', 'sharing', 'killing'];
  const used = useStage(
    rooms.map((room) => `stream ${room} { input mosaic2:// disable_video=false; }`).join('\n'),
    (stage) => Promise.all([stage.launch(aliceBot), stage.launch(bobBot)]),
  );
  let opened: MemberPage[] = [];

  afterEach(async () => {
    await Promise.all(opened.map((page) => page.close()));
    opened = [];
  });

  /** A room with alice and bob in it, and somebody who watches. */
  async function roomOfTwo(room: string) {
    const names = [`${room}-alice`, `${room}-bob`] as const;
    const { tracks, alice, bob, viewer } = await openRoomOfTwo(used, room, names);
    opened.push(alice, bob, viewer);
    await waitForGrid(viewer, gridOf([aliceBot, bobBot]));
    return { names, tracks, alice, viewer };
  }

  function waitForSessions(stream: string, count: number): Promise<void> {
    return vi.waitFor(
      async () => expect(await used.stage.emulator.sessions(stream)).toHaveLength(count),
      waiting,
    );
  }

  it('ends the sessions of a publisher and a player that stop without a word', async () => {
    const { names, alice, viewer } = await roomOfTwo('stopping');
    await waitForSessions('stopping', 1);
    await viewer.player('stop');
    await waitForSessions('stopping', 0);
    await waitForSessions(names[0], 1);
    await alice.publisher('stop');
    await waitForSessions(names[0], 0);
    await waitForSessions(names[1], 1);

    await viewer.player('play');
    await waitForSound(viewer, [bobBot]);
    await waitForGrid(viewer, gridOf([undefined, bobBot]));
  });

  it('comes back on its track with restart(), and gives way to a newer publisher', async () => {
    const { names, tracks, alice, viewer } = await roomOfTwo('restarting');
    const [before] = await used.stage.emulator.sessions(names[0]);
    await alice.publisher('restart');
    await waitForEvent(alice, 'publisher connected', 2);
    await waitForSound(viewer, [aliceBot, bobBot]);
    await waitForGrid(viewer, gridOf([aliceBot, bobBot]), gridOf([undefined, bobBot]));
    const [after, ...others] = await used.stage.emulator.sessions(names[0]);
    expect(others).toEqual([]);
    expect(after!.id).not.toBe(before!.id);
    await viewer.changeTracks(['v1', tracks[0]!]);
    await waitForSound(viewer, [bobBot]);

    opened.push(await used.stage.publish(used.browsers[1]!, names[0]));
    await waitForSessions(names[0], 1);
    await vi.waitFor(async () => {
      expect(findCells((await viewer.see())!).map(({ bot }) => bot)).toEqual([bobBot, bobBot]);
    }, waiting);
  });

  it('shares another picture and the screen, and the grid keeps its shape', async () => {
    const { alice, viewer } = await roomOfTwo('sharing');
    const bobsPlace = gridOf([undefined, bobBot]);
    await alice.switchToPicture(
      paintSignature({ bot: slideBot, frame: 1, width: 480, height: 360, fps: 25 }),
    );
    await waitForGrid(viewer, gridOf([slideBot, bobBot], [4 / 3, 16 / 9]), bobsPlace);

    await alice.shareScreen();
    await vi.waitFor(async () => {
      const picture = await waitForGrid(viewer, bobsPlace, bobsPlace);
      expect(isGreen(picture, gridOf([aliceBot, bobBot])[0]!.rectangle!)).toBe(true);
    }, waiting);

    await alice.shareScreen();
    await waitForGrid(viewer, gridOf([aliceBot, bobBot]), bobsPlace);
  });

  it('is gone with its browser, and the others go on', async () => {
    const { stage, browsers } = used;
    const second = browsers[1]!;
    const third = await stage.launch(carolBot);
    await stage.emulator.addStreams('killing', 'carol', 'dave');
    const [carol, dave] = await Promise.all([stage.publish(third, 'carol'), stage.publish(second, 'dave')]);
    const viewer = await stage.open(second);
    opened.push(dave, viewer);
    await viewer.play(stage.streamUrl('killing'), { start_track: 'v1a1' });
    await carol.play(stage.streamUrl('killing'), { start_track: 'v1a2' });
    await waitForSound(viewer, [bobBot, carolBot]);
    await waitForGrid(viewer, gridOf([carolBot, bobBot]));
    await waitForSessions('killing', 2);
    const [session] = await used.stage.emulator.sessions('dave');

    await third.kill();
    const davesPlace = gridOf([undefined, bobBot]);
    await waitForSound(viewer, [bobBot]);
    await waitForGrid(viewer, davesPlace, davesPlace);
    await waitForSessions('carol', 0);
    await waitForSessions('killing', 1);
    expect(await used.stage.emulator.sessions('dave')).toMatchObject([{ id: session!.id }]);
    expect(await viewer.events()).not.toContainEqual(expect.stringContaining('fail'));
  });
});

/** Whether a shared screen is there: Chromium's made-up one is green between its texts. */
function isGreen(picture: I420Picture, { x, y, width, height }: Rectangle): boolean {
  const samples = [0.25, 0.5, 0.75].flatMap((right) =>
    [0.25, 0.5, 0.75].map((down) => yuvToRgb(colourAt(picture, x + right * width, y + down * height)!)),
  );
  return samples.filter(({ red, green, blue }) => green > 90 && red < 60 && blue < 60).length >= 5;
}
