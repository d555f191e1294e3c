import type { DiagnosticList } from './diagnostic-list.ts';
import type { Position } from './diagnostics.ts';

/** A word, quotes resolved. */
export interface Word extends Position {
  readonly text: string;
}

/** One token; `end` is the last one and stands behind the last character. */
export interface Token extends Word {
  readonly type: 'word' | '{' | '}' | ';' | 'end';
}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', r: '\r', t: '\t' };

const space = /\s+/y;
const comment = /#[^\n]*/y;
const bare = /[^\s{};"]+/y;
const quoted = /"([^"\\\n]*(?:\\[^\n][^"\\\n]*)*)("?)/y;

/**
 * Cuts a configuration file into words, braces and semicolons. `#` starts a comment only where no word is
 * going on, so `size=1280x720:fit:#000000` is one word. Double quotes hold anything but a line break, alone or
 * as a part of a word; `\"`, `\\`, `\n`, `\r` and `\t` are escapes in them, any other backslash is itself.
 */
export function tokenize(text: string, diagnostics: DiagnosticList): readonly Token[] {
  const tokens: Token[] = [];
  const at = new Cursor(text);
  for (;;) {
    while (at.take(space) ?? at.take(comment)) {}
    const position = at.position;
    const character = at.peek();
    if (character === '') {
      tokens.push({ type: 'end', text: '', ...position });
      return tokens;
    }
    if (character === '{' || character === '}' || character === ';') {
      at.skip();
      tokens.push({ type: character, text: character, ...position });
      continue;
    }
    tokens.push({ type: 'word', text: takeWord(at, diagnostics), ...position });
  }
}

/** Bare and quoted parts that touch are one word: `title="my room"`. */
function takeWord(at: Cursor, diagnostics: DiagnosticList): string {
  const parts: string[] = [];
  for (;;) {
    const plain = at.take(bare);
    if (plain !== undefined) {
      parts.push(plain[0]);
      continue;
    }
    const position = at.position;
    const string = at.take(quoted);
    if (string === undefined) return parts.join('');
    if (string[2] === '') diagnostics.error(position, `expected a closing '"' on the same line`);
    parts.push(string[1]!.replace(/\\(.)/gs, (both, character: string) => escapes[character] ?? both));
  }
}

/** Goes through a text and knows its line and column. */
class Cursor {
  readonly #text: string;
  #index = 0;
  #line = 1;
  /** Index of the first character of the line. */
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get position(): Position {
    return { line: this.#line, column: this.#index - this.#lineStart + 1 };
  }

  /** The next character, or an empty text at the end. */
  peek(): string {
    return this.#text.charAt(this.#index);
  }

  skip(): void {
    this.#index += 1;
  }

  /** Takes what a sticky pattern matches here. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#index;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    const [taken] = match;
    for (let at = taken.indexOf('\n'); at !== -1; at = taken.indexOf('\n', at + 1)) {
      this.#line += 1;
      this.#lineStart = this.#index + at + 1;
    }
    this.#index += taken.length;
    return match;
  }
}
