import { BotHost } from '../bots/bot-host.ts';
import type { TurnServer } from '../bots/turn-server.ts';
import { TargetError } from '../targets/url.ts';

/**
 * Asks a TURN server for a relay and gives it back, so that a run does not find with every bot that there is none.
 * @param signal ends it early
 * @throws TargetError where it gives none, or the asking is ended
 */
export async function requireRelay(turn: TurnServer, signal?: AbortSignal): Promise<void> {
  // In a process of bots: what has asked for a relay keeps a process alive for minutes.
  const bots = new BotHost();
  const end = () => void bots.close();
  signal?.addEventListener('abort', end, { once: true });
  try {
    signal?.throwIfAborted();
    await bots.tryRelay(turn);
  } catch (error) {
    const reason = signal?.aborted ? 'ended before a relay was given' : (error as Error).message;
    throw new TargetError(`--turn: ${reason}`, { cause: error });
  } finally {
    signal?.removeEventListener('abort', end);
    await bots.close();
  }
}
