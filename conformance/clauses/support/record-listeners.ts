import type { ListenerBot } from '../../bots/bot-host.ts';
import { nowMs } from '../../bots/clock.ts';
import { collectRecordings, waitForPackets } from '../../bots/collect.ts';
import { preRollSamples, type Recording } from '../../bots/recording.ts';
import type { RunContext } from '../../run/context.ts';
import { maxStallMs } from './busy.ts';

/** What several listeners got at the same time. */
export interface ListenersRecording {
  /** In the order of the listeners. */
  readonly recordings: readonly Recording[];
  /** How late the bots were at the worst: what is missing then may not be the server's fault. */
  readonly latenessMs: number;
}

/** How often a recording is made until the bots were in time. */
const maxAttempts = 3;
/** The shortest packet of Opus (RFC 6716 §2.1.4). */
const shortestPacketMs = 2.5;
const preRollMs = preRollSamples / 48;

/**
 * Records what does not change any more. What was recorded while this machine was too busy is recorded anew; what
 * came before is left out.
 * @param seconds how long; the first 80 ms are not in the recordings, see `collectRecordings`
 * @param packetMs what packets are expected to last; where they turn out to be shorter, it is recorded anew
 * @throws BotError where a listener gets nothing for five seconds
 */
export async function recordListeners(
  { bots }: RunContext,
  listeners: readonly ListenerBot[],
  seconds: number,
  packetMs = 20,
): Promise<ListenersRecording> {
  const wantedMs = seconds * 1000;
  let packets = Math.ceil(wantedMs / packetMs);
  for (let attempt = 1; ; attempt += 1) {
    for (const listener of listeners) await listener.take();
    const startedMs = nowMs();
    await waitForPackets(listeners, packets);
    const recordings = await collectRecordings(listeners);
    const heardMs = Math.min(...recordings.map(({ pcm }) => pcm.length / 48)) + preRollMs;
    if (heardMs < 0.8 * wantedMs && attempt === 1) {
      packets = Math.ceil(wantedMs / Math.max(shortestPacketMs, heardMs / packets));
      continue;
    }
    const latenessMs = Math.max(0, ...(await bots.lateness(startedMs)));
    if (latenessMs <= maxStallMs || attempt >= maxAttempts) return { recordings, latenessMs };
  }
}
