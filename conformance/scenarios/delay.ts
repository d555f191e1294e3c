import { decimate } from '../analysis/decimate.ts';
import { findLag } from '../analysis/lag.ts';
import type { Recording } from '../bots/recording.ts';

const sampleRateHz = 48_000;
/** The lag is found anew for each second, since a lost or doubled frame changes it. */
const windowSamples = 48_000;
/** Sweeps end below 4 kHz: at 12 kHz they are found as well, to a twelfth of a millisecond, at a quarter of the work. */
const decimation = 4;
/** Two milliseconds on both sides of a peak belong to it. */
const neighbourSamples = 96 / decimation;

/** When a packet came, in ms of the monotonic clock, and how late its first sample was heard. */
export interface PacketDelay {
  readonly arrivalMs: number;
  readonly delayMs: number;
}

/** Sound of 48 kHz at the rate at which delays are looked for. */
export function atDelayRate(samples: Float32Array): Float32Array {
  return decimate(samples, decimation);
}

/**
 * How long it took from a sample being spoken to the same sample being there for a listener, for each packet.
 *
 * @param spoken one period of what the speaker sends over and over, with nothing above 4 kHz, as `atDelayRate` makes it
 * @param firstSampleNs when its first sample was first spoken
 * @returns delays below one period; packets of seconds in which it was not heard clearly are left out
 */
export function mouthToMix(recording: Recording, spoken: Float32Array, firstSampleNs: bigint): PacketDelay[] {
  const { packets, offsets, pcm } = recording;
  const periodMs = (spoken.length * decimation * 1000) / sampleRateHz;
  const delays: PacketDelay[] = [];
  const heard = atDelayRate(pcm);
  for (let from = 0; from + windowSamples <= pcm.length; from += windowSamples) {
    const until = from + windowSamples;
    const second = heard.subarray(from / decimation, until / decimation);
    const { lagSamples, peakRatio } = findLag(second, spoken, neighbourSamples);
    if (peakRatio < 2) continue;
    packets.forEach(({ arrivalNs }, i) => {
      const offset = offsets[i]!;
      if (offset < from || offset >= until) return;
      const sinceSpokenMs = Number(arrivalNs - firstSampleNs) / 1e6;
      const spokenMs = ((offset - from - lagSamples * decimation) * 1000) / sampleRateHz;
      const delayMs = modulo(sinceSpokenMs - spokenMs, periodMs);
      delays.push({ arrivalMs: Number(arrivalNs) / 1e6, delayMs });
    });
  }
  return delays;
}

/** Whether the speaker was heard clearly for half of the time or more. */
export function isClear(delays: readonly PacketDelay[], { packets }: Pick<Recording, 'packets'>): boolean {
  return packets.length > 0 && delays.length >= packets.length / 2;
}

/**
 * How much later one is heard with every second that goes by, as through a queue that grows: the slope of the
 * straight line next to all delays.
 * @returns ms per second; 0 for delays of less than two moments
 */
export function delayGrowth(delays: readonly PacketDelay[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanMs = mean(delays.map(({ arrivalMs }) => arrivalMs));
  const spread = delays.reduce((sum, { arrivalMs }) => sum + (arrivalMs - meanMs) ** 2, 0);
  if (!(spread > 0)) return 0;
  return (
    (1000 * delays.reduce((sum, { arrivalMs, delayMs }) => sum + (arrivalMs - meanMs) * delayMs, 0)) / spread
  );
}

/** The longest time between two packets that came one after the other, in ms; 0 for less than two. */
export function longestWaitMs({ packets }: Recording): number {
  const arrivals = packets.map(({ arrivalNs }) => Number(arrivalNs) / 1e6);
  return Math.max(0, ...arrivals.slice(1).map((arrivalMs, i) => arrivalMs - arrivals[i]!));
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
