import { loadSpeech, speechClipCount } from '../../media-samples/index.ts';
import type { Clip } from './process/messages.ts';
import { toneBotCount, toneSignature } from './signatures/catalogue.ts';
import { toneClip } from './tone-clip.ts';

/**
 * What the bot of that number sends; after the last signature they begin anew.
 * @param bot from 0
 * @param levelDbfs highest sample of a tone
 */
export function botClip(
  bot: number,
  sound: 'tones' | 'speech',
  levelDbfs: number,
): { readonly name: string; readonly clip: Clip } {
  if (sound === 'speech') {
    const { name, packets } = loadSpeech(bot % speechClipCount);
    return { name, clip: { packets, samplesAt48k: 960 } };
  }
  const signature = toneSignature(bot % toneBotCount);
  return { name: signature.name, clip: toneClip(signature.name, signature, levelDbfs).clip };
}
