import { describe, expect, it, vi } from 'vitest';
import { loadSpeech } from '../../media-samples/index.ts';
import { levelDbfs } from '../analysis/level.ts';
import { sampleRateHz } from '../analysis/samples.ts';
import type { MemberPage } from './member-page.ts';
import { isWithoutChromium, waiting } from './test-stage.ts';
import { useStage } from './test-use-stage.ts';

describe.skipIf(isWithoutChromium)('the official client 24.7.1 in a room of sound alone', () => {
  const voices = [0, 1].map(loadSpeech);
  // No word on video: the documentation's default, which is none.
  const used = useStage('stream lounge { input mosaic2://; }', (stage) =>
    Promise.all(voices.map(({ pcm }, bot) => stage.launch(bot, pcm))),
  );

  it('lets people talk, each heard by the other as loud as it spoke, and not by itself', async () => {
    const { stage, browsers } = used;
    const names = voices.map(({ name }) => name);
    const tracks = await stage.emulator.addStreams('lounge', ...names);
    const publishing = names.map((name, index) => stage.publish(browsers[index]!, name, false));
    const [anna, bruce] = (await Promise.all(publishing)) as [MemberPage, MemberPage];
    await anna.play(stage.streamUrl('lounge'), { start_track: tracks[0]! });
    await bruce.play(stage.streamUrl('lounge'), { start_track: tracks[1]! });
    await waitForLevel(anna, (dbfs) => dbfs > -40);
    await waitForLevel(bruce, (dbfs) => dbfs > -40);

    // With one of them silent, all that is heard is the other, however a browser stretches what comes late.
    await bruce.publisher('mute');
    await waitForLevel(anna, (dbfs) => dbfs < -60);
    const { pcm } = voices[0]!;
    const seconds = pcm.length / sampleRateHz;
    const [byAnna, byBruce] = await Promise.all(
      [anna, bruce].map(async (member) => levelDbfs(await member.hear(seconds)) - levelDbfs(pcm)),
    );
    console.info(
      `anna's voice, against what she said: by bruce ${decibels(byBruce!)}, by her ${decibels(byAnna!)}`,
    );
    expect(Math.abs(byBruce!)).toBeLessThan(1.5);
    expect(byAnna).toBeLessThan(-50);

    for (const member of [anna, bruce]) {
      expect(await member.see()).toBeUndefined();
      const { tracks: told } = (await member.mediaInfo())!;
      const wanted = ['audio a1', ...tracks.map((track) => `audio ${track}`)];
      expect(told.map(({ content, track_id }) => `${content} ${track_id}`)).toEqual(wanted);
    }
  });
});

/** Waits until half a second of what a tab plays is as loud as it should be. */
function waitForLevel(member: MemberPage, isRight: (dbfs: number) => boolean): Promise<void> {
  return vi.waitFor(async () => expect(levelDbfs(await member.hear(0.5))).toSatisfy(isRight), waiting);
}

function decibels(level: number): string {
  return `${level.toFixed(1)} dB`;
}
