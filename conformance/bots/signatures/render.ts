import { dbToAmplitude } from '../../analysis/decibels.ts';
import { sampleRateHz, samplesPerFrame } from '../../analysis/samples.ts';
import type { ChirpSignature, ToneSignature } from './signature.ts';

/** A signature that is computed; speech is loaded instead. */
export type SyntheticSignature = ToneSignature | ChirpSignature;

/** What `render` is to make. */
export interface RenderOptions {
  /** Length of the loop: a whole number of 20 ms frames, of periods and of cycles of every tone. */
  readonly seconds: number;
  /** Highest sample that can occur, in dB of full scale; at most 0. */
  readonly levelDbfs: number;
}

/** Near full scale: five of these at once overload any mixer. */
export const loudDbfs = -1;

/** So soft that ten of these at once stay below full scale. */
export const quietDbfs = -26;

/** A sweep begins and ends softly over this time, so that the seam does not click. */
const edgeSeconds = 0.005;

/**
 * One loop of a signature: played again and again it has no seam.
 *
 * @returns 48 kHz mono, -1..1, a multiple of 960 samples
 * @throws RangeError where the loop would have a seam, or would be louder than full scale
 */
export function render(signature: SyntheticSignature, options: RenderOptions): Float32Array {
  const { seconds, levelDbfs } = options;
  const frames = (seconds * sampleRateHz) / samplesPerFrame;
  if (!(frames > 0) || !isWhole(frames)) {
    throw new RangeError(`render: ${seconds} s is not a whole number of 20 ms frames`);
  }
  if (!(levelDbfs <= 0)) throw new RangeError(`render: a level of ${levelDbfs} dBFS is above full scale`);
  const samples = new Float32Array(Math.round(frames) * samplesPerFrame);
  const amplitude = dbToAmplitude(levelDbfs);

  if (signature.kind === 'tones') return renderTones(samples, signature, seconds, amplitude);
  if (!isWhole(seconds / signature.periodSeconds)) {
    throw new RangeError(
      `render: ${seconds} s is not a whole number of ${signature.periodSeconds} s periods`,
    );
  }
  const period = chirpPeriod(signature, amplitude);
  for (let at = 0; at < samples.length; at += period.length) samples.set(period, at);
  return samples;
}

/**
 * Amplitude of each single tone of a signature that is rendered at `levelDbfs`, in dB of full scale: what a
 * measured level is compared with.
 */
export function toneLevelDbfs(signature: ToneSignature, levelDbfs: number): number {
  return levelDbfs - 20 * Math.log10(signature.frequenciesHz.length);
}

function renderTones(
  samples: Float32Array,
  signature: ToneSignature,
  seconds: number,
  amplitude: number,
): Float32Array {
  const each = amplitude / signature.frequenciesHz.length;
  for (const hz of signature.frequenciesHz) {
    if (!isWhole(hz * seconds)) {
      throw new RangeError(`render: ${seconds} s does not hold a whole number of cycles of ${hz} Hz`);
    }
    const step = (2 * Math.PI * hz) / sampleRateHz;
    for (let n = 0; n < samples.length; n++) samples[n]! += each * Math.sin(step * n);
  }
  return samples;
}

function chirpPeriod(signature: ChirpSignature, amplitude: number): Float32Array {
  const { fromHz, toHz, periodSeconds } = signature;
  const period = new Float32Array(Math.round(periodSeconds * sampleRateHz));
  const slope = (toHz - fromHz) / periodSeconds;
  for (let n = 0; n < period.length; n++) {
    const t = n / sampleRateHz;
    const phase = 2 * Math.PI * (fromHz * t + (slope * t * t) / 2);
    period[n] = amplitude * edge(t, periodSeconds) * Math.sin(phase);
  }
  return period;
}

/** 0 at both ends of a stretch of sound, 1 between, raised cosine. */
function edge(t: number, durationSeconds: number): number {
  const distance = Math.min(t, durationSeconds - t);
  return distance < edgeSeconds ? (1 - Math.cos((Math.PI * distance) / edgeSeconds)) / 2 : 1;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9;
}
