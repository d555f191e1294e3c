import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadSpeech } from '../../media-samples/index.ts';
import { jointProjection, type KnownSource, type SourceLevel } from '../analysis/joint-projection.ts';
import type { Chromium } from './chromium.ts';
import { isWithoutChromium, TestStage, waiting } from './test-stage.ts';

describe.skipIf(isWithoutChromium)('the official client 24.7.1 in a room of sound alone', () => {
  let stage: TestStage;
  let browsers: readonly Chromium[];
  const voices: readonly KnownSource[] = [0, 1].map((index) => {
    const { name, pcm } = loadSpeech(index);
    return { name, period: pcm };
  });

  beforeAll(async () => {
    // No word on video: the documentation's default, which is none.
    stage = await TestStage.start('stream lounge { input mosaic2://; }');
    browsers = await Promise.all(voices.map(({ period }, bot) => stage.launch(bot, period)));
  });

  afterEach(() => stage.expectCleanRecords());
  afterAll(() => stage?.close());

  it('lets two people talk: each hears the other’s voice, not its own', async () => {
    const names = voices.map(({ name }) => name);
    const tracks = await stage.emulator.addStreams('lounge', ...names);
    const members = await Promise.all(
      names.map((name, index) => stage.publish(browsers[index]!, name, false)),
    );
    await Promise.all(
      members.map((member, index) => member.play(stage.streamUrl('lounge'), { start_track: tracks[index]! })),
    );
    for (const [index, member] of members.entries()) {
      const [own, other] = await vi.waitFor(async () => {
        const levels = jointProjection(await member.hear(2), voices);
        // Browsers stretch sound where it comes late: such a stretch fits no voice as a whole.
        expect(Math.abs(levels[1 - index]!.gainDb)).toBeLessThan(3);
        return [levels[index]!, levels[1 - index]!];
      }, waiting);
      console.info(`heard by ${own!.name}: itself ${decibels(own!)}, ${other!.name} ${decibels(other!)}`);
      expect(other!.isClear).toBe(true);
      expect(own!.gainDb).toBeLessThan(-25);
      expect(await member.see()).toBeUndefined();
      const { tracks: told } = (await member.mediaInfo())!;
      expect(told.map(({ content, track_id }) => `${content} ${track_id}`)).toEqual([
        'audio a1',
        ...tracks.map((track) => `audio ${track}`),
      ]);
    }
  });
});

function decibels({ gainDb, floorDb }: SourceLevel): string {
  return `${gainDb.toFixed(1)} dB (by chance ${floorDb.toFixed(1)} dB)`;
}
