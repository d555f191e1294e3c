/**
 * Splits a command line into words as a shell does, as far as the documentation's lines need it: blanks,
 * single quotes, double quotes without expansion, backslash outside of quotes.
 * @throws Error for a quote that is not closed; its message does not repeat the line
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  const pattern = /\s*((?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+)/gy;
  let end = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    words.push(match[1]!.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3'));
    end = pattern.lastIndex;
  }
  // The line may hold a password, and errors are shown.
  if (line.slice(end).trim() !== '') throw new Error('a quote of the command line is not closed');
  return words;
}

/** Quotes a word for a shell where it needs it. */
export function shellQuote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
