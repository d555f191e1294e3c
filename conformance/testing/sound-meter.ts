import { jointProjection, type KnownSource } from '../analysis/joint-projection.ts';
import { levelsOf, type SentTones } from '../analysis/tone-levels.ts';
import { apartToneBotCount } from '../bots/signatures/catalogue.ts';
import { defaultTimeoutMs } from './verdict.ts';

/** How loud one bot is in what a listener got. */
export interface HeardBot {
  readonly name: string;
  /** Against what it sends: 0 dB is as loud as sent. */
  readonly gainDb: number;
  /** The loudest part of the sound: a voice that was there for a moment only. */
  readonly loudestDb: number;
}

/** Tells the sounds of bots apart, and knows what can be asked of it. */
export interface SoundMeter {
  /** How much sound it takes to say that somebody is heard as loud as sent. */
  readonly heardMs: number;
  /** The same for nobody, which takes longer to be certain of. */
  readonly notHeardMs: number;
  /** How far from what was sent a voice may be and still count as heard. */
  readonly withinDb: number;
  /** At or below this, what reads as a voice may be the codec alone. */
  readonly belowDb: number;
  /**
   * How long sound has to settle before it is judged, after each look: 0 where a look takes a few milliseconds, and
   * more where it keeps the thread from emulator and bots for so long that they stumble.
   */
  readonly settleMs: number;
  /** How long it is worth waiting. */
  readonly timeoutMs: number;
  /** @param pcm 48 kHz mono, `heardMs` or more of it */
  levels(pcm: Float32Array): readonly HeardBot[];
}

/**
 * Tones: 0.4 s say who is there. With six bots, an absent one reads -50 dB and less; of more the tones are closer
 * together, and what Opus makes of them reads up to -35 dB.
 */
export function toneMeter(sent: readonly SentTones[]): SoundMeter {
  const heardMs = 400;
  return {
    heardMs,
    notHeardMs: 600,
    withinDb: 3,
    belowDb: sent.length > apartToneBotCount ? -30 : -40,
    settleMs: 0,
    timeoutMs: defaultTimeoutMs,
    levels(pcm) {
      // Short parts, of which a frame that was left out spoils a few only; long ones to be certain of silence.
      const segmentSeconds = pcm.length > heardMs * 48 ? 0.3 : 0.1;
      return levelsOf(pcm, sent, { segmentSeconds }).map(({ name, gainDb, highestDb }) => {
        return { name, gainDb, loudestDb: highestDb };
      });
    },
  };
}

/** Voices: it takes 3 s and most of a second to compute, and an absent one reads what chance makes of the others, some -35 dB. */
export function speechMeter(sent: readonly KnownSource[]): SoundMeter {
  return {
    heardMs: 3000,
    notHeardMs: 3000,
    withinDb: 6,
    belowDb: -25,
    settleMs: 700,
    timeoutMs: 20_000,
    levels: (pcm) =>
      // Some lag always fits a little: who is not clearly there is as loud as chance alone would be.
      jointProjection(pcm, sent).map(({ name, gainDb, floorDb, isClear }) => {
        return { name, gainDb, loudestDb: isClear ? gainDb : floorDb };
      }),
  };
}
