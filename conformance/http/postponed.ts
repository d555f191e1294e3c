/** Who asks for more patience is not waited for: its answer counts. */
const longestMs = 10_000;
/** Servers say whole seconds: who says 0 is not called again in the same moment. */
const shortestMs = 200;

/**
 * For how long an answer puts the same call off: 429 and 503 with `Retry-After` (RFC 9110 §10.2.3) say that it was not
 * carried out, and when it may be.
 * @param retryAfter the header, seconds or a date
 * @returns undefined where it is the last word
 */
export function postponedMs(status: number, retryAfter: string | undefined): number | undefined {
  if ((status !== 429 && status !== 503) || retryAfter === undefined) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return ms <= longestMs ? Math.max(ms, shortestMs) : undefined;
}
