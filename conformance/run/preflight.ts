import { ApiClient } from '../http/api-client.ts';
import type { Target } from '../targets/target.ts';
import { TargetError } from '../targets/url.ts';

/**
 * Looks whether a run can be made at all.
 * @returns what the target calls itself
 * @throws TargetError where nobody answers, or the credentials are wrong
 */
export async function preflight(target: Target): Promise<string | undefined> {
  const api = new ApiClient(target);
  const answer = await api.manager('list_room', []).catch((error: Error) => {
    const reason = error.cause instanceof Error ? error.cause.message || error.message : error.message;
    throw new TargetError(`nobody answers at ${target.url}: ${reason}`);
  });
  if (answer.status === 401 || answer.status === 403) {
    throw new TargetError(`${target.url} refuses the credentials: give those of edit_auth in --target`);
  }
  return answer.evidence.responseHeaders.server;
}
