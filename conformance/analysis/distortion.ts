import { powerToDb } from './decibels.ts';
import { sampleRateHz } from './samples.ts';
import { median } from './statistics.ts';
import { fitTones } from './tone-fit.ts';

const segmentSamples = sampleRateHz / 2;

/**
 * How much there is in a recording beside tones that were sent, against the tones: noise of codecs, and what a mix makes of
 * voices that do not fit into it. A limiter that turns down all of a mix adds little; one that cuts the tops off adds new
 * tones everywhere. The median of half seconds, so that a slip in one of them says nothing.
 *
 * @param recording 48 kHz mono, half a second or more
 * @param frequenciesHz all tones that may be in it
 * @returns dB; 0: as much beside the tones as in them
 * @throws RangeError for a recording that is too short
 */
export function distortionDb(recording: Float32Array, frequenciesHz: readonly number[]): number {
  if (recording.length < segmentSamples) {
    throw new RangeError(`distortionDb: needs ${segmentSamples} samples, got ${recording.length}`);
  }
  const segmentsDb: number[] = [];
  for (let at = 0; at + segmentSamples <= recording.length; at += segmentSamples) {
    segmentsDb.push(ofSegment(recording.subarray(at, at + segmentSamples), frequenciesHz));
  }
  return median(segmentsDb);
}

function ofSegment(samples: Float32Array, frequenciesHz: readonly number[]): number {
  const tones = new Float64Array(samples.length);
  for (const [i, { amplitude, phase }] of fitTones(samples, frequenciesHz).entries()) {
    addTone(tones, (2 * Math.PI * frequenciesHz[i]!) / sampleRateHz, amplitude, phase);
  }
  let inTones = 0;
  let beside = 0;
  for (let n = 0; n < samples.length; n++) {
    inTones += tones[n]! ** 2;
    beside += (samples[n]! - tones[n]!) ** 2;
  }
  return powerToDb(beside / inTones);
}

/** Made by turning a pointer. */
function addTone(sum: Float64Array, omega: number, amplitude: number, phase: number): void {
  const [stepRe, stepIm] = [Math.cos(omega), Math.sin(omega)];
  let re = amplitude * Math.cos(phase);
  let im = -amplitude * Math.sin(phase);
  for (let n = 0; n < sum.length; n++) {
    sum[n]! += re;
    const turned = re * stepRe - im * stepIm;
    im = re * stepIm + im * stepRe;
    re = turned;
  }
}
