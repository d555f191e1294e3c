import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Chromium } from './chromium.ts';
import { Instruments } from './instruments.ts';
import {
  gridOf,
  hearLevels,
  isWithoutChromium,
  TestStage,
  waitForGrid,
  waitForSound,
  waiting,
} from './test-stage.ts';

describe.skipIf(isWithoutChromium)('the emulator’s own chat page, used by two people', () => {
  let stage: TestStage;
  let alice: Instruments;
  let bob: Instruments;
  const [aliceBot, bobBot] = [0, 1];

  /** Joins by hand, as a person does; what is heard and seen then is what the page plays. */
  async function join(browser: Chromium, name: string): Promise<Instruments> {
    const page = await browser.newPage();
    await Instruments.prepare(page);
    const { http } = stage.emulator;
    await page.goto(`${http.replace('//', '//user:pass@')}/ui/chat?room=lobby&name=${name}&processing=off`);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    return Instruments.bringInto(page, 'grid');
  }

  beforeAll(async () => {
    stage = await TestStage.start(`
      stream lobby { input mosaic2:// disable_video=false; }
      template any { prefix ""; input publish://; }
    `);
    const browsers = await Promise.all([stage.launch(aliceBot), stage.launch(bobBot)]);
    alice = await join(browsers[0], 'alice');
    bob = await join(browsers[1], 'bob');
  });

  afterAll(() => stage?.close());

  it('lets each hear the other and not itself', async () => {
    await waitForSound(alice, [bobBot]);
    await waitForSound(bob, [aliceBot]);
    const [atAlice, atBob] = await vi.waitFor(async () => {
      const levels = await Promise.all([hearLevels(alice, 3), hearLevels(bob, 3)]);
      expect(Math.abs(levels[0][bobBot]!)).toBeLessThan(1);
      expect(Math.abs(levels[1][aliceBot]!)).toBeLessThan(1);
      return levels;
    }, waiting);
    console.info(`own voice: alice ${atAlice[aliceBot]!.toFixed(1)} dB, bob ${atBob[bobBot]!.toFixed(1)} dB`);
    expect(atAlice[aliceBot]).toBeLessThan(-50);
    expect(atBob[bobBot]).toBeLessThan(-50);
  });

  it('shows both, each in its place, upright, whole and in its colours', async () => {
    const aspectRatios = [16 / 9, 16 / 9];
    await waitForGrid(alice, gridOf([aliceBot, bobBot], aspectRatios));
    await waitForGrid(bob, gridOf([aliceBot, bobBot], aspectRatios));
  });

  it('does nothing wrong: no error, no request elsewhere', () => stage.expectCleanRecords());
});
