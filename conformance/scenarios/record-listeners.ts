import type { ListenerBot } from '../bots/bot-host.ts';
import { nowMs } from '../bots/clock.ts';
import { collectRecordings, waitForSound } from '../bots/collect.ts';
import type { Recording } from '../bots/recording.ts';
import type { RunContext } from '../run/context.ts';
import { latenessSince, untilInTime } from './busy.ts';

/** What several listeners got at the same time. */
export interface ListenersRecording {
  /** In the order of the listeners. */
  readonly recordings: readonly Recording[];
  /** How late the bots were at the worst: what is missing then may not be the server's fault. */
  readonly latenessMs: number;
}

/**
 * Records what does not change any more. What was recorded while this machine was too busy is recorded anew; what
 * came before is left out.
 * @param seconds how long; the first 80 ms are not in the recordings, see `collectRecordings`
 * @throws BotError where a listener gets nothing for five seconds
 */
export async function recordListeners(
  context: RunContext,
  listeners: readonly ListenerBot[],
  seconds: number,
): Promise<ListenersRecording> {
  const { recordings, latenessMostMs } = await untilInTime(async () => {
    for (const listener of listeners) await listener.take();
    const startedMs = nowMs();
    await waitForSound(listeners, seconds);
    const recordings = await collectRecordings(listeners);
    return { recordings, ...(await latenessSince(context, startedMs)) };
  });
  return { recordings, latenessMs: latenessMostMs };
}
