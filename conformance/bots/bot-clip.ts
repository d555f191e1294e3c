import { loadSpeech, speechClipCount } from '../../media-samples/index.ts';
import { pictureClip } from './picture-clip.ts';
import type { Clip } from './process/messages.ts';
import { sampleVideo } from './sample-clip.ts';
import { toneBotCount, toneSignature } from './signatures/catalogue.ts';
import { pictureBotCount } from './signatures/picture-code.ts';
import { toneClip } from './tone-clip.ts';

/** Which pictures bots on the command line send. */
export type BotPicture = 'painted' | 'samples';

/** What bots on the command line send. */
export interface BotClipOptions {
  readonly sound: 'tones' | 'speech';
  /** Highest sample of a tone. */
  readonly levelDbfs: number;
  /** A picture too: one of 640x360 with its colour, its number, and what moves; or a recorded one of any shape. */
  readonly picture: BotPicture | undefined;
}

const pictureFormat = { width: 640, height: 360, fps: 25, seconds: 4 };

/**
 * What the bot of that number sends; after the last signature they begin anew.
 * @param bot from 0
 */
export async function botClip(
  bot: number,
  options: BotClipOptions,
): Promise<{ readonly name: string; readonly clip: Clip }> {
  const { name, clip } = soundOf(bot, options);
  if (options.picture === undefined) return { name, clip };
  if (options.picture === 'samples') {
    const sample = sampleVideo(bot);
    return { name: `${name} and the picture ${sample.name}`, clip: { ...clip, video: sample.video } };
  }
  const { video } = await pictureClip({ bot: bot % pictureBotCount, ...pictureFormat });
  return { name: `${name} and a picture`, clip: { ...clip, ...(video && { video }) } };
}

function soundOf(bot: number, { sound, levelDbfs }: BotClipOptions): { name: string; clip: Clip } {
  if (sound === 'speech') {
    const { name, packets } = loadSpeech(bot % speechClipCount);
    return { name, clip: { packets, samplesAt48k: 960 } };
  }
  const signature = toneSignature(bot % toneBotCount);
  return { name: signature.name, clip: toneClip(signature.name, signature, levelDbfs).clip };
}
