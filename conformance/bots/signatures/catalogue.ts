import type { ChirpSignature, ToneSignature } from './signature.ts';
import { bandProbeTonesHz, botTonesHz } from './tone-table.ts';

/** How many bots have a tone of their own. */
export const toneBotCount = botTonesHz.length;

/** The first bots, whose tones are far enough apart (300 Hz) to measure -50 dB at any effort of an encoder. */
export const apartToneBotCount = 6;

/**
 * The tone of one bot. The first eight fit a room of 8000 Hz samplerate, the first ten one of 16000 Hz.
 * @param bot from 0
 * @throws RangeError where there is no such bot
 */
export function toneSignature(bot: number): ToneSignature {
  const toneHz = botTonesHz[bot];
  if (toneHz === undefined) throw new RangeError(`toneSignature: bot ${bot} is not 0 to ${toneBotCount - 1}`);
  return { kind: 'tones', name: `tone-${toneHz}`, frequenciesHz: [toneHz] };
}

/** Tones in each audio bandwidth of Opus: shows what bandwidth comes out. */
export const bandProbeSignature: ToneSignature = {
  kind: 'tones',
  name: 'band-probe',
  frequenciesHz: bandProbeTonesHz,
};

/** A sweep through the band that every Opus bandwidth carries, once a second. */
export const lagChirpSignature: ChirpSignature = {
  kind: 'chirp',
  name: 'lag-chirp',
  fromHz: 300,
  toHz: 3400,
  periodSeconds: 1,
};
