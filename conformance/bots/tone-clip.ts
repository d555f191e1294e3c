import type { SentTones } from '../analysis/tone-levels.ts';
import type { Clip } from './process/messages.ts';
import { encodeLoop } from './signatures/encode-loop.ts';
import { render, toneLevelDbfs } from './signatures/render.ts';
import type { ToneSignature } from './signatures/signature.ts';

/** A clip of tones, with what is needed to find it again in a mix. */
export interface ToneClip {
  readonly clip: Clip;
  readonly sent: SentTones;
}

/** Frequencies are whole numbers of Hz, so a second holds whole cycles of each. */
const loopSeconds = 1;

/**
 * A bot's tones as an endless clip of Opus.
 * @param label the member's name in the measurement
 * @param levelDbfs highest sample, in dB of full scale
 */
export function toneClip(label: string, signature: ToneSignature, levelDbfs: number): ToneClip {
  return {
    clip: { packets: encodeLoop(render(signature, { seconds: loopSeconds, levelDbfs })), samplesAt48k: 960 },
    sent: {
      name: label,
      frequenciesHz: signature.frequenciesHz,
      toneLevelDbfs: toneLevelDbfs(signature, levelDbfs),
    },
  };
}
