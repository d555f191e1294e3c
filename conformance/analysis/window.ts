/**
 * Terms of the four-term Blackman-Harris window (Harris 1978): side lobes at -92 dB, so a tone at full scale
 * does not hide one 90 dB below it, and a main lobe of ±4 bins.
 */
const terms = [0.35875, -0.48829, 0.14128, -0.01168] as const;

/** The windows made last: a measurement asks for the same two or three lengths again and again. */
const made = new Map<number, Float64Array>();
const keptWindows = 4;

/** Blackman-Harris weights, periodic over `length`; a copy that the caller may change. */
export function blackmanHarris(length: number): Float64Array {
  let weights = made.get(length);
  if (weights === undefined) {
    weights = computeWeights(length);
    made.set(length, weights);
    if (made.size > keptWindows) made.delete(made.keys().next().value!);
  }
  return weights.slice();
}

function computeWeights(length: number): Float64Array {
  const weights = new Float64Array(length);
  for (let n = 0; n < length; n++) {
    const phase = (2 * Math.PI * n) / length;
    weights[n] =
      terms[0] + terms[1] * Math.cos(phase) + terms[2] * Math.cos(2 * phase) + terms[3] * Math.cos(3 * phase);
  }
  return weights;
}

/**
 * Transform of the window at one frequency: the sum over n of `w[n]·exp(iωn)`, in closed form.
 * @param radiansPerSample ω
 */
export function blackmanHarrisTransform(
  length: number,
  radiansPerSample: number,
): { re: number; im: number } {
  const step = (2 * Math.PI) / length;
  let re = 0;
  let im = 0;
  for (let k = -3; k <= 3; k++) {
    const weight = k === 0 ? terms[0] : terms[Math.abs(k)]! / 2;
    const sum = geometricSum(length, radiansPerSample + k * step);
    re += weight * sum.re;
    im += weight * sum.im;
  }
  return { re, im };
}

/** Sum over n of exp(iωn), n = 0 … length - 1 (Dirichlet's kernel). */
function geometricSum(length: number, omega: number): { re: number; im: number } {
  const half = Math.sin(omega / 2);
  const size = Math.abs(half) < 1e-12 ? length : Math.sin((omega * length) / 2) / half;
  const phase = (omega * (length - 1)) / 2;
  return { re: size * Math.cos(phase), im: size * Math.sin(phase) };
}
