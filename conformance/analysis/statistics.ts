/**
 * The value that `percent` of all values do not exceed, interpolated between neighbours (the method of
 * NumPy and of spreadsheets).
 * @throws RangeError for no values, or a percent outside 0..100
 */
export function percentile(values: ArrayLike<number>, percent: number): number {
  if (values.length === 0) throw new RangeError('percentile: no values');
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`percentile: ${percent} is not 0 to 100`);
  const sorted = Float64Array.from(values).sort();
  const position = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/**
 * The middle value.
 * @throws RangeError for no values
 */
export function median(values: ArrayLike<number>): number {
  return percentile(values, 50);
}
