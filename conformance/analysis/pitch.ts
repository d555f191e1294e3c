import { decimate } from './decimate.ts';
import { sampleRateHz } from './samples.ts';
import { median } from './statistics.ts';
import { fitTones } from './tone-fit.ts';

const segmentSamples = sampleRateHz / 2;
/** The tones of the bots that are measured by lie below 4 kHz: a quarter of the samples says as much of them. */
const decimation = 4;
/** What is searched: 1 % up and down, in steps of a tenth of that. */
const stepPpm = 1000;
const steps = Array.from({ length: 21 }, (_, i) => (i - 10) * stepPpm);

/**
 * How much higher all tones of a recording are than those that were sent, in millionths: what a clock that runs at another
 * rate makes of them. The median of half seconds, so that a slip in one of them says nothing.
 *
 * @param recording 48 kHz mono, half a second or more
 * @param frequenciesHz the tones that are in it, below 4 kHz
 * @returns undefined where they are not found within 1 %
 * @throws RangeError for a recording that is too short
 */
export function pitchOffsetPpm(
  recording: Float32Array,
  frequenciesHz: readonly number[],
): number | undefined {
  if (recording.length < segmentSamples) {
    throw new RangeError(`pitchOffsetPpm: needs ${segmentSamples} samples, got ${recording.length}`);
  }
  const offsets: number[] = [];
  for (let at = 0; at + segmentSamples <= recording.length; at += segmentSamples) {
    const segment = decimate(recording.subarray(at, at + segmentSamples), decimation);
    const offset = ofSegment(segment, frequenciesHz);
    if (offset !== undefined) offsets.push(offset);
  }
  const segments = Math.floor(recording.length / segmentSamples);
  return offsets.length * 2 < segments ? undefined : median(offsets);
}

/** The offset at which most of the sound, which is decimated, lies in the tones. */
function ofSegment(samples: Float32Array, frequenciesHz: readonly number[]): number | undefined {
  const levelAt = (ppm: number) => {
    const tones = fitTones(
      samples,
      frequenciesHz.map((hz) => decimation * hz * (1 + ppm / 1e6)),
    );
    return Math.log(tones.reduce((sum, { amplitude }) => sum + amplitude ** 2, 1e-20));
  };
  const coarse = steps.map(levelAt);
  const best = coarse.indexOf(Math.max(...coarse));
  if (best === 0 || best === coarse.length - 1) return undefined;
  // The top of the window's transform is close to a parabola in decibels: the closer, the better.
  let centre = topOf(steps[best]!, stepPpm, coarse.slice(best - 1, best + 2));
  for (const width of [200, 50]) {
    centre = topOf(centre, width, [centre - width, centre, centre + width].map(levelAt));
  }
  return centre;
}

/** Where the parabola through three points, `width` apart, is highest; at most `width` away. */
function topOf(centre: number, width: number, [left, middle, right]: readonly number[]): number {
  const bend = left! - 2 * middle! + right!;
  if (bend >= 0) return centre;
  const shift = (0.5 * (left! - right!)) / bend;
  return centre + width * Math.max(-1, Math.min(1, shift));
}
