/** The quiet end of the meters; everything below looks like silence. */
export const quietestDbfs = -60;

/** How far a meter is filled, 0 to 1. */
export function levelFill(dbfs: number): number {
  if (!Number.isFinite(dbfs)) return 0;
  return Math.min(1, Math.max(0, 1 - dbfs / quietestDbfs));
}

/** A level as it is read out. */
export function levelText(dbfs: number): string {
  return levelFill(dbfs) === 0 ? 'silent' : `${Math.round(dbfs)} dBFS`;
}

/** Loudness of samples from -1 to 1 in dBFS: the root of their mean square, 0 for a square wave at full scale. */
export function rmsDbfs(samples: Float32Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return samples.length === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(squares / samples.length);
}
