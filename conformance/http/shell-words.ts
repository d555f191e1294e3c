/**
 * Splits a command line into words as a shell does, as far as the documentation's lines need it: blanks,
 * single quotes, double quotes without expansion, backslash outside of quotes.
 * @throws Error for a quote that is not closed
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  const pattern = /\s*((?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+)/gy;
  let end = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    words.push(match[1]!.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3'));
    end = pattern.lastIndex;
  }
  if (line.slice(end).trim() !== '') throw new Error(`not a command line that can be split: ${line}`);
  return words;
}

/** Quotes a word for a shell where it needs it. */
export function shellQuote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
