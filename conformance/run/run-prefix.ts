const drawnCharacters = 5;

/** Stands before the names of one run: `m2-x3k9a-`. */
export function runPrefix(): string {
  const drawn = Math.floor(Math.random() * 36 ** drawnCharacters).toString(36);
  return `m2-${drawn.padStart(drawnCharacters, '0')}-`;
}

/**
 * Whether a name was made by a run, this one or an earlier one.
 * @param prefix what the runs were told to put before it
 */
export function isOfSomeRun(name: string, prefix = ''): boolean {
  // The names of earlier versions may be shorter.
  return name.startsWith(prefix) && /^m2-[0-9a-z]{1,5}-/.test(name.slice(prefix.length));
}
