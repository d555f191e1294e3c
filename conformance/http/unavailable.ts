/**
 * Too many requests, bad gateway, unavailable, gateway timeout (RFC 6585 §4, RFC 9110 §15.6.3 to §15.6.5): the call was not
 * judged by whom it was meant for, and the same one may be answered otherwise a moment later.
 */
const statuses: readonly number[] = [429, 502, 503, 504];

/** True for an answer that is not the server's word on a call: a gateway's, or one that asks to come later. */
export function isUnavailable({ status }: { readonly status: number }): boolean {
  return statuses.includes(status);
}
