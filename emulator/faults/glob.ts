/**
 * Says whether a text is what a glob describes: `*` any number of characters, `?` one, a backslash takes the meaning
 * from the next character. Takes time in proportion to the lengths of both, whatever the pattern.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const tokens = tokensOf(pattern);
  let [token, at] = [0, 0];
  /** Where to go on when what follows the last star does not fit: one character later. */
  let retry: { readonly token: number; readonly at: number } | undefined;
  while (at < text.length) {
    const now = tokens[token];
    if (now === star) {
      token += 1;
      retry = { token, at: at + 1 };
    } else if (now === anyOne || now === text[at]) {
      token += 1;
      at += 1;
    } else if (retry !== undefined) {
      ({ token, at } = retry);
      retry = { token, at: at + 1 };
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === star);
}

/** A glob that stands for this text alone. */
export function literalGlob(text: string): string {
  return text.replace(/[*?\\]/g, '\\$&');
}

const star = Symbol('*');
const anyOne = Symbol('?');

function tokensOf(pattern: string): readonly (string | symbol)[] {
  const tokens: (string | symbol)[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at]!;
    if (letter === '*') tokens.push(star);
    else if (letter === '?') tokens.push(anyOne);
    else if (letter === '\\' && at + 1 < pattern.length) tokens.push(pattern[++at]!);
    else tokens.push(letter);
  }
  return tokens;
}
