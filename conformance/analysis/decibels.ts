/** Lowest level ever reported, so that silence is a number that JSON can hold. */
export const silenceDb = -120;

/** An amplitude ratio in dB, not below `silenceDb`. Its sign is not looked at. */
export function amplitudeToDb(ratio: number): number {
  const magnitude = Math.abs(ratio);
  return magnitude > 1e-6 ? 20 * Math.log10(magnitude) : silenceDb;
}

/** A power ratio in dB, not below `silenceDb`. */
export function powerToDb(ratio: number): number {
  return ratio > 1e-12 ? 10 * Math.log10(ratio) : silenceDb;
}

/** dB to an amplitude ratio. */
export function dbToAmplitude(db: number): number {
  return 10 ** (db / 20);
}
