import { solveSymmetric } from './least-squares.ts';
import { sampleRateHz } from './samples.ts';
import { blackmanHarris, blackmanHarrisTransform } from './window.ts';

/** One tone as it was found: `amplitude · cos(2πft - phase)`, t from the first sample. */
export interface FittedTone {
  /** 1 for full scale. */
  readonly amplitude: number;
  /** Radians. */
  readonly phase: number;
}

/**
 * Amplitudes of known tones in a piece of sound, whatever their phases: one least-squares fit of a cosine
 * and a sine for each of them at once, weighted with a Blackman-Harris window. What is between the tones
 * (codec noise, intermodulation) leaves them alone from four divided by the length in seconds on: 8 Hz for
 * half a second.
 *
 * @param frequenciesHz all tones that may be in it, each once, below 24 kHz
 * @returns what was found of each, in the order of `frequenciesHz`
 * @throws RangeError where the sound is too short to tell the two nearest tones apart
 */
export function fitTones(samples: Float32Array, frequenciesHz: readonly number[]): FittedTone[] {
  const count = frequenciesHz.length;
  const length = samples.length;
  checkSpacing(frequenciesHz, length);

  const omegas = frequenciesHz.map((hz) => (2 * Math.PI * hz) / sampleRateHz);
  const matrix = normalMatrix(omegas, length);
  const right = new Float64Array(count * 2);
  const weighted = blackmanHarris(length);
  for (let n = 0; n < length; n++) weighted[n]! *= samples[n]!;
  for (const [i, omega] of omegas.entries()) {
    const { re, im } = correlateWithTone(weighted, omega);
    right[i] = re;
    right[count + i] = im;
  }
  const solution = solveSymmetric(matrix, right);
  return omegas.map((_, i) => {
    const cosine = solution[i]!;
    const sine = solution[count + i]!;
    return { amplitude: Math.hypot(cosine, sine), phase: Math.atan2(sine, cosine) };
  });
}

function checkSpacing(frequenciesHz: readonly number[], length: number): void {
  const sorted = [...frequenciesHz].sort((a, b) => a - b);
  const first = sorted[0];
  if (first === undefined) return;
  if (!(first > 0 && sorted.at(-1)! < sampleRateHz / 2)) {
    throw new RangeError(`fitTones: tones must lie between 0 and ${sampleRateHz / 2} Hz`);
  }
  const gaps = sorted.map((hz, i) => (i === 0 ? hz : hz - sorted[i - 1]!));
  const neededSamples = Math.ceil((2 * sampleRateHz) / Math.min(...gaps));
  if (length < neededSamples) {
    throw new RangeError(`fitTones: needs ${neededSamples} samples to tell its tones apart, got ${length}`);
  }
}

/** Weighted inner products of all cosines and sines, from the window's transform alone. */
function normalMatrix(omegas: readonly number[], length: number): Float64Array {
  const count = omegas.length;
  const size = count * 2;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const difference = blackmanHarrisTransform(length, omegas[i]! - omegas[j]!);
      const sum = blackmanHarrisTransform(length, omegas[i]! + omegas[j]!);
      const cosSin = (sum.im - difference.im) / 2;
      matrix[i * size + j] = (difference.re + sum.re) / 2;
      matrix[(count + i) * size + count + j] = (difference.re - sum.re) / 2;
      matrix[i * size + count + j] = cosSin;
      matrix[(count + j) * size + i] = cosSin;
    }
  }
  return matrix;
}

/** Sums of x·cos and x·sin, the sine and cosine made by turning a pointer. */
function correlateWithTone(x: Float64Array, omega: number): { re: number; im: number } {
  const stepRe = Math.cos(omega);
  const stepIm = Math.sin(omega);
  let pointerRe = 1;
  let pointerIm = 0;
  let re = 0;
  let im = 0;
  for (let n = 0; n < x.length; n++) {
    re += x[n]! * pointerRe;
    im += x[n]! * pointerIm;
    const turned = pointerRe * stepRe - pointerIm * stepIm;
    pointerIm = pointerRe * stepIm + pointerIm * stepRe;
    pointerRe = turned;
  }
  return { re, im };
}
