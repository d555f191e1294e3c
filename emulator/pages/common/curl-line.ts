import { encodeName } from './names.ts';

/** A call on the documented API. */
export interface Command {
  /** Missing: the manager's. */
  readonly room?: string;
  readonly command: string;
  readonly args: readonly string[];
}

const managerPath = '/flussonic/api/dynamic_mosaic/';

export function commandPath({ room }: Command): string {
  return managerPath + (room === undefined ? '' : encodeName(room));
}

/** In the very form of the documentation, blanks included. */
export function commandBody({ command, args }: Command): string {
  const list = args.map((arg) => JSON.stringify(arg)).join(', ');
  return `{"command" : ${JSON.stringify(command)}, "args" : [${list}]}`;
}

/**
 * The command line that does the same.
 * @param origin `http://127.0.0.1:8080`
 * @param userInfo in the URL, as it stands there; missing: none is needed
 */
export function curlLine(command: Command, origin: string, userInfo?: string): string {
  const base = userInfo === undefined ? origin : origin.replace('://', `://${userInfo}@`);
  const url = base + commandPath(command);
  return `curl -X POST -d ${shellQuote(commandBody(command))} ${shellQuote(url)}`;
}

/** Quotes a word so that no shell finds anything in it to expand. */
export function shellQuote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
