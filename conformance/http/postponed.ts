import { setTimeout as after } from 'node:timers/promises';

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

interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly 'retry-after'?: string | undefined };
}

/**
 * Makes a call, and where it is put off makes it again when the server wants it, while there is time.
 * @param timeoutMs for all of it; a call under way has a limit of its own
 * @param signal ends the waiting with an error
 */
export async function patiently<T extends Answered>(
  call: () => Promise<T>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await call();
    const waitMs = postponedMs(answer.status, answer.headers['retry-after']);
    if (waitMs === undefined || performance.now() + waitMs > deadlineMs) return answer;
    await after(waitMs, undefined, { signal });
  }
}
