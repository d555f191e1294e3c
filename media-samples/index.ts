import { existsSync, readFileSync } from 'node:fs';
import { readOggOpus } from '../media/ogg-opus.ts';
import { OpusDecoder } from '../media/opus.ts';
import { voices } from './voices.ts';

/** One recorded voice, ready to be sent and to be found again. */
export interface SpeechClip {
  /** The speaker: `anna`. */
  readonly name: string;
  /** What is said. */
  readonly text: string;
  /** Opus packets of 20 ms, 48 kHz mono: sent round and round as they are. */
  readonly packets: readonly Buffer[];
  /**
   * The packets decoded, 48 kHz mono, -1..1: 960 samples for each. Sent round and round the clip repeats with
   * exactly this period.
   */
  readonly pcm: Float32Array;
}

/** How many clips there are. */
export const speechClipCount = voices.length;

/**
 * Loads one of the speech clips.
 * @param index from 0 to `speechClipCount - 1`
 * @throws RangeError where there is no such clip
 */
export function loadSpeech(index: number): SpeechClip {
  const voice = voices[index];
  if (voice === undefined) throw new RangeError(`loadSpeech: clip ${index} is not 0 to ${voices.length - 1}`);
  const { packets } = readOggOpus(readFileSync(fileOf(voice.name)));

  const decoder = new OpusDecoder();
  const pcm = new Float32Array(packets.reduce((sum, packet) => sum + packet.samplesAt48k, 0));
  let at = 0;
  for (const { payload } of packets) {
    const frame = decoder.decode(payload);
    for (const [n, sample] of frame.entries()) pcm[at + n] = sample / 32768;
    at += frame.length;
  }
  return { name: voice.name, text: voice.text, packets: packets.map(({ payload }) => payload), pcm };
}

/** The clips stand beside the sources; the built files are one folder deeper. */
function fileOf(name: string): URL {
  const beside = new URL(`${name}.opus`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../media-samples/${name}.opus`, import.meta.url);
}
