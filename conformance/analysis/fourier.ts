import FFT from 'fft.js';

/** Interleaved complex numbers: re, im, re, im, … */
export type ComplexArray = Float64Array;

/** The few methods of fft.js that are used, typed: its own typings say `any`. */
interface Transform {
  realTransform(out: ComplexArray, input: Float64Array): void;
  completeSpectrum(spectrum: ComplexArray): void;
  inverseTransform(out: ComplexArray, spectrum: ComplexArray): void;
}

/** Tables of sines are dear to make and are shared by all calls of one size. */
const transforms = new Map<number, Transform>();

function transformOf(size: number): Transform {
  const known = transforms.get(size);
  if (known !== undefined) return known;
  const made = new FFT(size) as Transform;
  transforms.set(size, made);
  return made;
}

/** The smallest power of two that is not below `length`, at least 2. */
export function fftSize(length: number): number {
  return 2 ** Math.max(1, Math.ceil(Math.log2(length)));
}

/** Full complex spectrum of real samples, zero-padded to `size` (a power of two). */
export function spectrumOf(samples: ArrayLike<number>, size: number): ComplexArray {
  const padded = new Float64Array(size);
  padded.set(samples);
  const spectrum = new Float64Array(size * 2);
  const transform = transformOf(size);
  transform.realTransform(spectrum, padded);
  transform.completeSpectrum(spectrum);
  return spectrum;
}

/** Real part of the inverse transform, `size` values. */
export function realInverse(spectrum: ComplexArray): Float64Array {
  const size = spectrum.length / 2;
  const complex = new Float64Array(size * 2);
  transformOf(size).inverseTransform(complex, spectrum);
  const real = new Float64Array(size);
  for (let i = 0; i < size; i++) real[i] = complex[i * 2]!;
  return real;
}

/**
 * Cross-correlation by FFT: `c[lag]` is the sum over n of `y[n]·s[n - lag]`. Lags below zero stand at the
 * end: lag -1 is `c[c.length - 1]`. Nothing wraps as long as `y.length + s.length` fits, which it does.
 */
export function crossCorrelation(y: ArrayLike<number>, s: ArrayLike<number>): Float64Array {
  const size = fftSize(y.length + s.length);
  const a = spectrumOf(y, size);
  const b = spectrumOf(s, size);
  for (let k = 0; k < size; k++) {
    const re = a[k * 2]! * b[k * 2]! + a[k * 2 + 1]! * b[k * 2 + 1]!;
    const im = a[k * 2 + 1]! * b[k * 2]! - a[k * 2]! * b[k * 2 + 1]!;
    a[k * 2] = re;
    a[k * 2 + 1] = im;
  }
  return realInverse(a);
}
