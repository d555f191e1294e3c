import { CorruptOpusError } from '../../media/opus.ts';
import { BotError } from '../bots/bot-host.ts';
import { HttpCallError } from '../http/http-call.ts';
import { redactUrls } from '../http/redact.ts';
import { oneLine } from '../reporters/text.ts';
import { OutputError } from '../run/output-folder.ts';
import { TargetError } from '../targets/url.ts';
import { BotCountError } from './share.ts';

/** What the world outside may do to a command: its message is a sentence for the caller. */
const expectedErrors = [TargetError, BotError, BotCountError, HttpCallError, OutputError, CorruptOpusError];

/**
 * Carries out a command, and says in one line why it could not be done.
 * @param signal where the caller has ended the command, what that leads to is no failure
 * @returns the exit code: 0, or 2 where it could not be done
 */
export async function exitCodeOf(command: () => Promise<void>, signal: AbortSignal): Promise<number> {
  try {
    await command();
    return 0;
  } catch (error) {
    if (!expectedErrors.some((kind) => error instanceof kind)) throw error;
    if (signal.aborted) return 0;
    // The server may have a say in it: nothing that steers a terminal, and no credentials.
    console.error(redactUrls(oneLine((error as Error).message)));
    return 2;
  }
}
