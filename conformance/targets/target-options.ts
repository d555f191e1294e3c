import { InvalidArgumentError } from 'commander';

const longestName = 200;

/** A room's name from the command line; the option may be repeated. */
export function parseRoom(text: string, before: readonly string[] = []): readonly string[] {
  const name = text.trim();
  if (name === '' || name.length > longestName || /\p{Cc}/u.test(name) || /^\/|\/$/.test(name)) {
    throw new InvalidArgumentError('A room is a name of the configuration, as lobby or chat/lobby.');
  }
  return [...before, name];
}

/** What stands before all names of a run. */
export function parsePrefix(text: string): string {
  if (/^[\w-][\w./-]{0,99}$/.test(text) && !/(^|\/)\.{0,2}\//.test(text)) return text;
  throw new InvalidArgumentError('A prefix has letters, digits and _ - . / only, as test- or chat/.');
}

/** Seconds that one clause is given. */
export function parseTimeout(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 5 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError('A timeout is a whole number of seconds from 5 to 3600.');
}
