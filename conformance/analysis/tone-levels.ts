import { amplitudeToDb, dbToAmplitude, powerToDb } from './decibels.ts';
import { sampleRateHz } from './samples.ts';
import { median } from './statistics.ts';
import { fitTones } from './tone-fit.ts';

/** What one bot sends: its tones, all equally loud. */
export interface SentTones {
  readonly name: string;
  readonly frequenciesHz: readonly number[];
  /** Amplitude of each tone as sent, in dB of full scale. */
  readonly toneLevelDbfs: number;
}

/** How loud one bot is in a recording, against what it sent. 0 dB: as loud as sent. */
export interface ToneLevel {
  readonly name: string;
  /** Median over the segments: what to compare with a bar. */
  readonly gainDb: number;
  /** Softest and loudest segment: a dropout or a leak that comes and goes. */
  readonly lowestDb: number;
  readonly highestDb: number;
  /** One fit over the whole recording: the lowest floor, but wrong after a lost or doubled frame. */
  readonly coherentDb: number;
  /** Gain of every segment in order. */
  readonly segmentsDb: readonly number[];
  /** Median gain of each tone by itself: shows a limit of the audio bandwidth. */
  readonly tonesDb: readonly number[];
}

/** How a recording is cut. */
export interface ToneLevelOptions {
  /**
   * Length of one segment, default 0.5 s; they overlap by half. A frame that was left out or doubled turns
   * the phase of all tones, which would make one long fit read too low: it spoils only its own segment.
   */
  readonly segmentSeconds?: number;
}

/**
 * Levels of all known bots in a recording, by one joint fit per segment. All bots whose tones may be in it
 * must be named, also those that must not be heard.
 *
 * @param recording 48 kHz mono, -1..1, at least one segment long
 * @throws RangeError for a recording that is too short, or a tone that two bots share
 */
export function levelsOf(
  recording: Float32Array,
  sent: readonly SentTones[],
  options: ToneLevelOptions = {},
): ToneLevel[] {
  const segmentSamples = Math.round((options.segmentSeconds ?? 0.5) * sampleRateHz);
  if (recording.length < segmentSamples) {
    throw new RangeError(`levelsOf: needs ${segmentSamples} samples, got ${recording.length}`);
  }
  const tones = sent.flatMap((bot) => bot.frequenciesHz);
  if (new Set(tones).size !== tones.length) throw new RangeError('levelsOf: two bots share a tone');

  const fits: Float64Array[] = [];
  for (let at = 0; at + segmentSamples <= recording.length; at += segmentSamples >> 1) {
    fits.push(fitTones(recording.subarray(at, at + segmentSamples), tones));
  }
  const whole = fitTones(recording, tones);

  let firstTone = 0;
  return sent.map((bot) => {
    const from = firstTone;
    firstTone += bot.frequenciesHz.length;
    const sentAmplitude = dbToAmplitude(bot.toneLevelDbfs);
    const until = firstTone;
    const gainDb = (fit: Float64Array) =>
      powerToDb(meanSquare(fit.subarray(from, until)) / sentAmplitude ** 2);
    const segmentsDb = fits.map(gainDb);
    return {
      name: bot.name,
      gainDb: median(segmentsDb),
      lowestDb: Math.min(...segmentsDb),
      highestDb: Math.max(...segmentsDb),
      coherentDb: gainDb(whole),
      segmentsDb,
      tonesDb: bot.frequenciesHz.map((_, i) =>
        median(fits.map((fit) => amplitudeToDb(fit[from + i]! / sentAmplitude))),
      ),
    };
  });
}

function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
