import { ApiClient } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import { redactUrls } from '../http/redact.ts';
import { isUnavailable } from '../http/unavailable.ts';
import { oneLine } from '../reporters/text.ts';
import type { Target } from '../targets/target.ts';
import { TargetError } from '../targets/url.ts';
import { unreachableHint } from './reachable.ts';
import { requireRelay } from './require-relay.ts';

/**
 * Looks whether a run can be made at all.
 * @returns what the target calls itself
 * @throws TargetError where nobody answers, the credentials are wrong, it is no such server or has nothing to say now, or the TURN server gives no relay
 */
export async function preflight(target: Target, signal?: AbortSignal): Promise<string | undefined> {
  const api = new ApiClient(target, { signal });
  const answer = await api.manager('list_room', []).catch(async (error: Error) => {
    const reason = error.cause instanceof Error ? error.cause.message || error.message : error.message;
    const hint = signal?.aborted ? '' : await unreachableHint(target, reason);
    throw new TargetError(`nobody answers at ${target.url}: ${reason}${hint}`);
  });
  if (answer.status === 401 || answer.status === 403) {
    throw new TargetError(`${target.url} refuses the credentials: give those of edit_auth in --target`);
  }
  if (isUnavailable(answer)) {
    const what = `list_room is answered ${answer.status}, by a gateway or to put it off`;
    throw new TargetError(`${target.url} cannot be measured now: ${what}`);
  }
  const strange = strangeAnswer(answer);
  if (strange !== undefined) {
    // The server says it: nothing that steers a terminal.
    const answered = oneLine(strange);
    throw new TargetError(`${target.url} has no dynamic mosaic: list_room is answered with ${answered}`);
  }
  if (target.turn !== undefined) await requireRelay(target.turn, signal);
  return answer.evidence.responseHeaders.server;
}

/** What no server with the command API answers; errors of such a server are for the clauses. */
function strangeAnswer({ status, body, evidence }: Exchange): string | undefined {
  const { location, 'content-type': contentType = '' } = evidence.responseHeaders;
  if (status >= 300 && status < 400) {
    return `${status}${location === undefined ? '' : `, to ${redactUrls(location)}`}`;
  }
  if (status === 404 || status === 405) return String(status);
  if (contentType.startsWith('text/html') || /^\s*</.test(body)) return `${status} and a page of HTML`;
  return undefined;
}
