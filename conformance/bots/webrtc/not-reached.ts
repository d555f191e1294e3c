import { isUnavailable } from '../../http/unavailable.ts';
import { BotHttpError } from './http-request.ts';
import { type NotReached, NotReachedError } from './not-reached-error.ts';

/** What did not get through where a bot failed; undefined where the server itself had its say, or the bot is to blame. */
export function notReachedBy(error: unknown): NotReached | undefined {
  if (error instanceof NotReachedError) return error.by;
  return error instanceof BotHttpError && isUnavailable(error) ? 'call' : undefined;
}
