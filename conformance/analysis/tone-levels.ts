import { amplitudeToDb, dbToAmplitude, powerToDb } from './decibels.ts';
import { longestSteadyRun } from './phase-runs.ts';
import { sampleRateHz } from './samples.ts';
import { median } from './statistics.ts';
import { type FittedTone, fitTones } from './tone-fit.ts';

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
  /**
   * What to compare with a bar: one fit over the longest stretch without a slip, or the median of the
   * segments where there is no such stretch.
   */
  readonly gainDb: number;
  /** Softest and loudest segment: a dropout, or a leak that comes and goes. */
  readonly lowestDb: number;
  readonly highestDb: number;
  /** Gain of every segment in order. */
  readonly segmentsDb: readonly number[];
  /** Gain of each tone by itself: shows a limit of the audio bandwidth. */
  readonly tonesDb: readonly number[];
}

/** How a recording is cut. */
export interface ToneLevelOptions {
  /**
   * Length of one segment, default 0.5 s; they overlap by half. A longer fit has a lower floor (10 dB from 0.5
   * to 2.5 s), but a frame that was left out or doubled turns the phase of all tones, and a fit across such a
   * slip reads too low: so segments are compared first.
   */
  readonly segmentSeconds?: number;
}

/**
 * Levels of all known bots in a recording, by joint fits of all their tones. All bots whose tones may be in it
 * must be named, also those that must not be heard.
 *
 * @param recording 48 kHz mono, -1..1, at least one segment long; 2.5 s for a floor below -50 dB
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
  const tonesHz = sent.flatMap((bot) => bot.frequenciesHz);
  if (new Set(tonesHz).size !== tonesHz.length) throw new RangeError('levelsOf: two bots share a tone');

  const stepSamples = segmentSamples >> 1;
  const fits: FittedTone[][] = [];
  for (let at = 0; at + segmentSamples <= recording.length; at += stepSamples) {
    fits.push(fitTones(recording.subarray(at, at + segmentSamples), tonesHz));
  }
  const run = longestSteadyRun(fits, tonesHz, stepSamples);
  const steady =
    run.until - run.from < 3
      ? undefined
      : fitTones(
          recording.subarray(run.from * stepSamples, (run.until - 1) * stepSamples + segmentSamples),
          tonesHz,
        );

  let nextTone = 0;
  return sent.map((bot) => {
    const sentAmplitude = dbToAmplitude(bot.toneLevelDbfs);
    const from = nextTone;
    nextTone += bot.frequenciesHz.length;
    const gainsOf = (fit: readonly FittedTone[]) =>
      fit.slice(from, from + bot.frequenciesHz.length).map((tone) => tone.amplitude / sentAmplitude);
    const segmentGains = fits.map(gainsOf);
    const segmentsDb = segmentGains.map(meanPowerDb);
    const steadyGains = steady === undefined ? undefined : gainsOf(steady);
    return {
      name: bot.name,
      gainDb: steadyGains === undefined ? median(segmentsDb) : meanPowerDb(steadyGains),
      lowestDb: Math.min(...segmentsDb),
      highestDb: Math.max(...segmentsDb),
      segmentsDb,
      tonesDb: bot.frequenciesHz.map((_, i) =>
        amplitudeToDb(steadyGains?.[i] ?? median(segmentGains.map((gains) => gains[i]!))),
      ),
    };
  });
}

function meanPowerDb(gains: readonly number[]): number {
  return powerToDb(gains.reduce((sum, gain) => sum + gain * gain, 0) / gains.length);
}
