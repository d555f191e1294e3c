import { redactUrls } from '../http/redact.ts';
import { oneLine } from '../reporters/text.ts';

/** What `whenCrashed` needs of a process. */
export interface CrashingProcess {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  once(event: 'exit', listener: () => void): unknown;
  exit(code: number): unknown;
  exitCode?: number | string | null | undefined;
}

/** For what a run has to put away: bots, rooms on a server that may hang, reports. */
const puttingAwayMs = 20_000;

/** The run could not be made to its end. */
const crashedCode = 2;

/**
 * An error that nobody catches, in a rejection as well, is told, ends the run in order, and makes the exit code 2.
 * Without this the process would end at once, and leave on the server what it has made there.
 * @param end ends the run; called once
 */
export function whenCrashed(end: () => void, crashing: CrashingProcess = process): void {
  let crashed = false;
  crashing.on('uncaughtException', (error) => {
    // What breaks while the run is put away comes of the first error, and where stderr is gone, of telling it.
    if (crashed) return;
    crashed = true;
    // Whatever the run itself makes of its end.
    crashing.once('exit', () => {
      crashing.exitCode = crashedCode;
    });
    setTimeout(() => crashing.exit(crashedCode), puttingAwayMs).unref();
    end();
    console.error(`the run is ended by an error of its own:\n${described(error)}`);
  });
}

/** With the stack, which is what helps; a server may have a say in the message. */
function described(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return redactUrls(text.split('\n').map(keepingIndent).join('\n'));
}

function keepingIndent(line: string): string {
  return `${/^ */.exec(line)![0]}${oneLine(line)}`;
}
