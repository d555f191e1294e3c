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

/**
 * The inverse transform of the spectrum of real samples, `size` values: only its lower half is looked at. Even and odd
 * samples are made as the two parts of one complex transform of half the size, which takes half the time.
 */
export function realInverse(spectrum: ComplexArray): Float64Array {
  const size = spectrum.length / 2;
  if (size < 4) return smallRealInverse(spectrum);
  const half = size / 2;
  const turns = turnsOf(size);
  const packed = new Float64Array(size);
  for (let k = 0; k < half; k++) {
    const [low, high] = [k * 2, (half - k) * 2];
    const evenRe = spectrum[low]! + spectrum[high]!;
    const evenIm = spectrum[low + 1]! - spectrum[high + 1]!;
    const apartRe = spectrum[low]! - spectrum[high]!;
    const apartIm = spectrum[low + 1]! + spectrum[high + 1]!;
    const oddRe = apartRe * turns[low]! - apartIm * turns[low + 1]!;
    const oddIm = apartRe * turns[low + 1]! + apartIm * turns[low]!;
    packed[low] = (evenRe - oddIm) / 2;
    packed[low + 1] = (evenIm + oddRe) / 2;
  }
  const samples = new Float64Array(size);
  transformOf(half).inverseTransform(samples, packed);
  return samples;
}

/** By the definition: fft.js begins at two values. */
function smallRealInverse([re0, , re1]: ComplexArray): Float64Array {
  return Float64Array.of((re0! + re1!) / 2, (re0! - re1!) / 2);
}

/** `exp(2πik/size)` for the lower half of a spectrum, as dear as the tables of the transforms. */
const knownTurns = new Map<number, ComplexArray>();

function turnsOf(size: number): ComplexArray {
  const known = knownTurns.get(size);
  if (known !== undefined) return known;
  const turns = new Float64Array(size);
  for (let k = 0; k < size / 2; k++) {
    turns[k * 2] = Math.cos((2 * Math.PI * k) / size);
    turns[k * 2 + 1] = Math.sin((2 * Math.PI * k) / size);
  }
  knownTurns.set(size, turns);
  return turns;
}

/**
 * Cross-correlation by FFT: `c[lag]` is the sum over n of `y[n]·s[n - lag]`. Lags below zero stand at the
 * end: lag -1 is `c[c.length - 1]`. Nothing wraps as long as `y.length + s.length` fits, which it does.
 */
export function crossCorrelation(y: ArrayLike<number>, s: ArrayLike<number>): Float64Array {
  const size = fftSize(y.length + s.length);
  return correlate(spectrumOf(y, size), spectrumOf(s, size));
}

/** The same of what has been transformed already, both to the same size. */
export function correlate(y: ComplexArray, s: ComplexArray): Float64Array {
  const cross = new Float64Array(y.length);
  // The upper half of a real signal's spectrum says nothing new.
  for (let k = 0; k <= y.length / 2; k += 2) {
    cross[k] = y[k]! * s[k]! + y[k + 1]! * s[k + 1]!;
    cross[k + 1] = y[k + 1]! * s[k]! - y[k]! * s[k + 1]!;
  }
  return realInverse(cross);
}
