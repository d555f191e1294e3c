import type { Exchange } from '../http/exchange.ts';
import { isUnavailable } from '../http/unavailable.ts';

/** An answer in one line: `200 {"track_id":"a3"}`. */
export function answerText({ status, body }: Exchange): string {
  const text = body.trim().replace(/\s+/g, ' ');
  return `${status} ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`.trim();
}

export function isSuccess({ status }: Exchange): boolean {
  return status >= 200 && status < 300;
}

/** True for an answer that says no, and says it is the caller's fault; to be put off is none. */
export function isRefusal({ status }: Exchange): boolean {
  return status >= 400 && status < 500 && !isUnavailable({ status });
}
