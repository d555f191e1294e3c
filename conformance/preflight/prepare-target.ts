import { ApiClient, literalRoom } from '../http/api-client.ts';
import { HttpCallError } from '../http/http-call.ts';
import { oneLine } from '../reporters/text.ts';
import type { Target } from '../targets/target.ts';
import { TargetError } from '../targets/url.ts';
import { removeEarlierRuns } from './earlier-runs.ts';
import { examinationLines, examine } from './examination.ts';
import { preflight } from './preflight.ts';
import { provision } from './provision.ts';

/** What is done to a server before a run. */
export interface PrepareOptions {
  /** Make the rooms that a run needs, and remove them when the target is closed. */
  readonly provision?: boolean | undefined;
  /** Remove what earlier runs have left behind. */
  readonly cleanup?: boolean | undefined;
  /** Takes lines for the person who waits; missing: nobody does, and what the server lacks is not looked for. */
  readonly say?: ((line: string) => void) | undefined;
}

/**
 * Makes a server ready for a run, and says what it is and what it lacks.
 * @returns the target to be measured; closing it undoes what was made
 * @throws TargetError where it cannot be measured at all, or not be made ready
 */
export async function prepareTarget(
  target: Target,
  options: PrepareOptions,
  signal?: AbortSignal,
): Promise<Target> {
  await preflight(target, signal);
  const { say } = options;
  let ready = target;
  try {
    if (options.cleanup) {
      const removed = await cleanUp(target, signal);
      say?.(oneLine(removed));
    }
    if (options.provision) ready = await provision(target, signal);
    if (say !== undefined) examinationLines(ready, await examine(ready, signal)).forEach(say);
    return ready;
  } catch (error) {
    await ready.close();
    if (error instanceof HttpCallError) throw new TargetError(error.message, { cause: error });
    throw error;
  }
}

async function cleanUp(target: Target, signal: AbortSignal | undefined): Promise<string> {
  const api = new ApiClient(target, { signal });
  const lent = target.configured?.pictures ?? [];
  const { rooms, members, streams, doubtfulRoom } = await removeEarlierRuns(api, target.prefix, lent);
  const removed = `${target.name}: earlier runs left ${rooms.length} rooms, ${members.length} members and ${streams.length} streams, which are removed`;
  if (!doubtfulRoom) return removed;
  const doubt = `the room called ${literalRoom} stays, since nothing says that a run has made it`;
  return `${removed}; ${doubt}: where nobody uses it, remove it by remove_room`;
}
