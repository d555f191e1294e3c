/** A JSON text that cannot be read; the message is a sentence with the line. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
}

/** A JSON value, and the line on which each of its parts begins. */
export interface JsonWithLines {
  readonly value: unknown;
  /**
   * The line, from 1, of what stands at a path such as `[0, 'reason']`; of the nearest part around it, where there
   * is nothing.
   */
  lineOf(path: readonly (string | number)[]): number;
}

/** Deeper nesting is refused: no file of ours needs it, and the stack is finite. */
const depthLimit = 100;

/**
 * Reads JSON (RFC 8259) and keeps the lines, for files that people write by hand.
 * @throws JsonTextError where it is no JSON, nested too deeply, or has a key twice
 */
export function parseJsonWithLines(text: string): JsonWithLines {
  const reader = new JsonReader(text.replace(/^\ufeff/, ''));
  const value = reader.readDocument();
  return {
    value,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const line = reader.lines.get(pathKey(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return reader.lines.get(pathKey([])) ?? 1;
    },
  };
}

function pathKey(path: readonly (string | number)[]): string {
  return JSON.stringify(path);
}

/** Strings and scalars are cut out here and read by `JSON.parse`, which knows every escape. */
class JsonReader {
  readonly lines = new Map<string, number>();
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): unknown {
    const value = this.#value([]);
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#refuse('something stands after the end of the list');
    return value;
  }

  #value(path: readonly (string | number)[]): unknown {
    this.#skipBlanks();
    if (path.length > depthLimit) this.#refuse('it is nested too deeply');
    this.lines.set(pathKey(path), this.#line);
    switch (this.#text[this.#at]) {
      case '[':
        return this.#array(path);
      case '{':
        return this.#object(path);
      case '"':
        return this.#string();
      case undefined:
        return this.#refuse('it ends too early');
      default:
        return this.#scalar();
    }
  }

  #array(path: readonly (string | number)[]): unknown[] {
    const items: unknown[] = [];
    this.#at += 1;
    if (this.#takes(']')) return items;
    do items.push(this.#value([...path, items.length]));
    while (this.#takes(','));
    if (!this.#takes(']')) this.#refuse('a comma or ] is missing');
    return items;
  }

  #object(path: readonly (string | number)[]): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    this.#at += 1;
    if (this.#takes('}')) return {};
    do {
      this.#skipBlanks();
      if (this.#text[this.#at] !== '"') this.#refuse('a name in double quotes is missing');
      const name = this.#string();
      if (entries.has(name)) this.#refuse(`${JSON.stringify(name)} stands there twice`);
      if (!this.#takes(':')) this.#refuse('a colon is missing');
      entries.set(name, this.#value([...path, name]));
    } while (this.#takes(','));
    if (!this.#takes('}')) this.#refuse('a comma or } is missing');
    return Object.fromEntries(entries);
  }

  #string(): string {
    const pattern = /"(?:[^"\\\n]|\\[^\n])*"/y;
    pattern.lastIndex = this.#at;
    return this.#parsed(pattern.exec(this.#text)?.[0], 'a text is not closed or not well-formed') as string;
  }

  #scalar(): unknown {
    const pattern = /[^\s,:[\]{}"]+/y;
    pattern.lastIndex = this.#at;
    return this.#parsed(pattern.exec(this.#text)?.[0], 'this is no value of JSON');
  }

  #parsed(part: string | undefined, problem: string): unknown {
    if (part === undefined) return this.#refuse(problem);
    this.#at += part.length;
    try {
      return JSON.parse(part);
    } catch {
      return this.#refuse(problem);
    }
  }

  /** Passes over a character where it is the next one. */
  #takes(character: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === '\n') this.#line += 1;
      else if (character !== ' ' && character !== '\t' && character !== '\r') return;
      this.#at += 1;
    }
  }

  #refuse(problem: string): never {
    throw new JsonTextError(`line ${this.#line}: ${problem}`);
  }
}
