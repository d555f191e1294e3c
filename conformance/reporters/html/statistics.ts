import { percentile } from '../../analysis/statistics.ts';

/** What is printed of a series. Percentiles are those that clauses judge by. */
export interface SeriesStatistics {
  readonly count: number;
  readonly minimum: number;
  readonly p50: number;
  readonly p95: number;
  readonly maximum: number;
  /** Values above the limit; 0 without one. */
  readonly aboveLimit: number;
}

/** The finite ones of the values, from the least to the greatest. */
export function sortedFinite(values: readonly number[]): number[] {
  return values.filter(Number.isFinite).sort((a, b) => a - b);
}

/** The statistics of sorted values; `undefined` where there are none. */
export function seriesStatistics(
  sorted: readonly number[],
  limit: number | undefined,
): SeriesStatistics | undefined {
  const minimum = sorted[0];
  const maximum = sorted.at(-1);
  if (minimum === undefined || maximum === undefined) return undefined;
  return {
    count: sorted.length,
    minimum,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    maximum,
    aboveLimit: limit === undefined ? 0 : sorted.filter((value) => value > limit).length,
  };
}
