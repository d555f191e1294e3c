import { findLag } from '../../analysis/lag.ts';
import { percentile } from '../../analysis/statistics.ts';
import type { Recording } from '../../bots/recording.ts';

const sampleRateHz = 48_000;
/** The lag is found anew for each second, since a lost or doubled frame changes it. */
const windowSamples = 48_000;

/**
 * How long it took from a sample being spoken to the same sample being there for a listener, for each packet.
 *
 * @param reference one period of what the speaker sends over and over, 48 kHz mono
 * @param firstSampleNs when its first sample was first spoken
 * @returns ms, below one period; packets of seconds in which it was not heard clearly are left out
 */
export function mouthToMixMs(recording: Recording, reference: Float32Array, firstSampleNs: bigint): number[] {
  const { packets, offsets, pcm } = recording;
  const periodMs = (reference.length * 1000) / sampleRateHz;
  const delaysMs: number[] = [];
  for (let from = 0; from + windowSamples <= pcm.length; from += windowSamples) {
    const until = from + windowSamples;
    const { lagSamples, peakRatio } = findLag(pcm.subarray(from, until), reference, { periodic: true });
    if (peakRatio < 2) continue;
    packets.forEach(({ arrivalNs }, i) => {
      const offset = offsets[i]!;
      if (offset < from || offset >= until) return;
      const arrivalMs = Number(arrivalNs - firstSampleNs) / 1e6;
      const spokenMs = ((offset - from - lagSamples) * 1000) / sampleRateHz;
      delaysMs.push(modulo(arrivalMs - spokenMs, periodMs));
    });
  }
  return delaysMs;
}

/** One measurement of delays, and how far the instrument itself was to be trusted in it. */
export interface DelayAttempt {
  /** The delay of each packet. */
  readonly valuesMs: readonly number[];
  /** How late the bots themselves were, 95 of 100 packets. */
  readonly latenessP95Ms: number;
}

/** The attempt in which the bots were least late: what it says is least about their own machine. */
export function leastLate(attempts: readonly DelayAttempt[]): DelayAttempt {
  return attempts.reduce((best, one) => (one.latenessP95Ms < best.latenessP95Ms ? one : best));
}

/**
 * How many attempts it took until the delay was within its bar. One, where the first was so already: then the
 * others were made for a better figure only.
 * @param barMs for 95 of 100 packets
 */
export function attemptsUntil(barMs: number, attempts: readonly DelayAttempt[]): number {
  const [first] = attempts;
  if (first !== undefined && first.valuesMs.length > 0 && percentile(first.valuesMs, 95) <= barMs) return 1;
  return attempts.indexOf(leastLate(attempts)) + 1;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
