const firstMs = 1000;
const longestMs = 15_000;

/**
 * How long to wait before the next attempt: twice as long each time, up to a limit, and a little by chance, so
 * that all who were cut off together do not come back together.
 * @param attempt 1 after the first failure
 * @param chance 0 to 1
 * @returns ms
 */
export function backOffMs(attempt: number, chance = Math.random()): number {
  const wholeMs = Math.min(longestMs, firstMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(wholeMs * (0.75 + chance / 4));
}
