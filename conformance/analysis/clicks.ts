import { powerToDb } from './decibels.ts';
import { sampleRateHz } from './samples.ts';
import { median } from './statistics.ts';

/** A moment at which the sound breaks. */
export interface Click {
  readonly atSeconds: number;
  /** How far its high frequencies stand out above their surroundings. */
  readonly excessDb: number;
}

/** What counts as a click. */
export interface ClickOptions {
  /** How far it must stand out; default 12 dB. */
  readonly thresholdDb?: number;
}

const sliceSamples = sampleRateHz / 1000;
/** Surroundings on each side, in slices. */
const surroundings = 60;
/** Less than this, in dB of full scale, nobody hears and every codec makes. */
const inaudibleDbfs = -75;
/** Slices this near to each other belong to one click: Opus smears it over a frame. */
const mergeSlices = 20;

/**
 * Finds clicks in tones: each millisecond's high frequencies against the median around it. Three differences
 * one after another all but remove tones below 4 kHz and leave jumps, also after Opus. Not for speech or
 * noise, which click by nature, and not for an overloaded mix, whose every overload is one.
 */
export function findClicks(samples: Float32Array, options: ClickOptions = {}): Click[] {
  const thresholdDb = options.thresholdDb ?? 12;
  const levels = highFrequencyLevels(samples);
  const clicks: Click[] = [];
  let lastSlice = Number.NEGATIVE_INFINITY;
  for (const [i, level] of levels.entries()) {
    if (level < inaudibleDbfs) continue;
    const around = levels.slice(Math.max(0, i - surroundings), i + surroundings + 1);
    const excessDb = level - Math.max(median(around), inaudibleDbfs);
    if (excessDb < thresholdDb) continue;
    const click = { atSeconds: ((i + 0.5) * sliceSamples) / sampleRateHz, excessDb };
    const last = clicks.at(-1);
    if (last === undefined || i - lastSlice > mergeSlices) clicks.push(click);
    else if (excessDb > last.excessDb) clicks[clicks.length - 1] = click;
    lastSlice = i;
  }
  return clicks;
}

/** Level of the third difference of each slice, in dB of full scale. */
function highFrequencyLevels(samples: Float32Array): number[] {
  const levels: number[] = [];
  for (let at = 3; at + sliceSamples <= samples.length; at += sliceSamples) {
    let energy = 0;
    for (let n = at; n < at + sliceSamples; n++) {
      energy += (samples[n]! - 3 * samples[n - 1]! + 3 * samples[n - 2]! - samples[n - 3]!) ** 2;
    }
    // The differences raise the highest frequency by 8.
    levels.push(powerToDb(energy / sliceSamples / 64));
  }
  return levels;
}
