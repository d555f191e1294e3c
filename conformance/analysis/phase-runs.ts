import { dbToAmplitude } from './decibels.ts';
import { sampleRateHz } from './samples.ts';
import type { FittedTone } from './tone-fit.ts';

/** A stretch of segments, `from` up to but without `until`. */
export interface SegmentRun {
  readonly from: number;
  readonly until: number;
}

/** Tones this far below the strongest one say nothing reliable about phase. */
const usableDb = -25;

/** More than codecs turn a steady tone from one segment to the next, in radians. */
const slipRadians = 0.35;

/**
 * Finds the longest stretch in which no sample was left out or doubled. A jitter buffer that catches up, a
 * lost packet, or a source that starts anew turn the phases of the tones all at once; between two such slips
 * the phase of each stands still.
 *
 * @param fits the fits of consecutive segments, all of the same tones
 * @param stepSamples from the start of one segment to that of the next
 */
export function longestSteadyRun(
  fits: readonly (readonly FittedTone[])[],
  frequenciesHz: readonly number[],
  stepSamples: number,
): SegmentRun {
  let best: SegmentRun = { from: 0, until: Math.min(1, fits.length) };
  let from = 0;
  for (let segment = 1; segment < fits.length; segment++) {
    if (hasSlip(fits[segment - 1]!, fits[segment]!, frequenciesHz, stepSamples)) from = segment;
    if (segment + 1 - from > best.until - best.from) best = { from, until: segment + 1 };
  }
  return best;
}

function hasSlip(
  before: readonly FittedTone[],
  after: readonly FittedTone[],
  frequenciesHz: readonly number[],
  stepSamples: number,
): boolean {
  const softest = (fit: readonly FittedTone[]) =>
    Math.max(...fit.map((tone) => tone.amplitude)) * dbToAmplitude(usableDb);
  const softestBefore = softest(before);
  const softestAfter = softest(after);
  return frequenciesHz.some((hz, i) => {
    const [old, now] = [before[i]!, after[i]!];
    if (old.amplitude <= softestBefore || now.amplitude <= softestAfter) return false;
    const expectedTurn = (2 * Math.PI * hz * stepSamples) / sampleRateHz;
    return Math.abs(principalAngle(now.phase - old.phase + expectedTurn)) > slipRadians;
  });
}

/** The same angle between -π and π. */
function principalAngle(radians: number): number {
  return radians - 2 * Math.PI * Math.round(radians / (2 * Math.PI));
}
