import { OpusDecoder } from '../../media/opus.ts';
import { loadSpeech } from '../../media-samples/index.ts';
import { dbToAmplitude } from '../analysis/decibels.ts';
import type { KnownSource } from '../analysis/joint-projection.ts';
import { peakDbfs } from '../analysis/level.ts';
import { concatSamples, floatFromInt16 } from '../analysis/samples.ts';
import type { Clip } from './process/messages.ts';
import { encodeLoop } from './signatures/encode-loop.ts';

/** A recorded voice as an endless clip, with what is needed to find it again in a mix. */
export interface SpeechClipToSend {
  readonly clip: Clip;
  readonly sent: KnownSource;
}

/**
 * A voice from `media-samples/`, as it is or turned up.
 * @param label the member's name in the measurement
 * @param peak where the highest sample shall be, in dBFS; missing: as recorded
 */
export function speechClip(label: string, index: number, peak?: number): SpeechClipToSend {
  const { packets, pcm } = loadSpeech(index);
  if (peak === undefined) {
    return { clip: { packets, samplesAt48k: 960 }, sent: { name: label, period: pcm } };
  }
  const gain = dbToAmplitude(peak - peakDbfs(pcm));
  const louder = encodeLoop(pcm.map((sample) => sample * gain));
  const decoder = new OpusDecoder();
  const period = concatSamples(louder.map((packet) => floatFromInt16(decoder.decode(packet))));
  return { clip: { packets: louder, samplesAt48k: 960 }, sent: { name: label, period } };
}
