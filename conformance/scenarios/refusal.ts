import { BotError } from '../bots/bot-host.ts';
import type { NotReached } from '../bots/webrtc/not-reached-error.ts';

/**
 * How a server refuses what a bot asks for; undefined where it does not.
 * @param unreached what says nothing of the server where it does not get through
 * @throws BotError where that did not: who was not reached has not refused
 */
export function refusalOf(
  asked: Promise<unknown>,
  unreached: readonly NotReached[] = ['call'],
): Promise<string | undefined> {
  return asked.then(
    () => undefined,
    (error: Error) => {
      const by = error instanceof BotError ? error.notReached : undefined;
      if (by !== undefined && unreached.includes(by)) throw error;
      return error.message;
    },
  );
}
