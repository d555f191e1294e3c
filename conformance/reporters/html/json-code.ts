import { html, type SafeHtml } from './safe-html.ts';

/** Text in a block; JSON is indented, and its keys, texts and numbers get a class each. */
export function codeBlock(text: string): SafeHtml {
  const pretty = prettyJson(text);
  const content = pretty === undefined ? html`${text.trimEnd()}` : highlighted(pretty);
  return html`<pre class="code" tabindex="0"><code>${content}</code></pre>`;
}

/** What fits into so many characters stays on one line. */
const lineWidth = 58;

/** Deeper than this, JSON is shown on one line: nesting without end must not end the page. */
const depthLimit = 30;

/**
 * JSON indented by two, short parts on one line. Only white space is changed: a report shows what was sent and
 * answered, so that a name that comes twice stays twice, and `1.0` stays `1.0`.
 * @returns `undefined` where the text is no JSON object or array
 */
export function prettyJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
  } catch {
    return undefined;
  }
  return new Printer(text.match(lexeme) ?? []).value('', 0);
}

/** A string; a bracket, colon or comma; a number or word. */
const lexeme = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** Prints the lexemes of a valid text. */
class Printer {
  readonly #lexemes: readonly string[];
  #next = 0;

  constructor(lexemes: readonly string[]) {
    this.#lexemes = lexemes;
  }

  value(indent: string, depth: number): string {
    const open = this.#take();
    if (open !== '{' && open !== '[') return open;
    if (depth > depthLimit) return open + this.#rest();
    const deeper = `${indent}  `;
    const items: string[] = [];
    while (!this.#isAtEnd()) {
      const name = open === '{' ? `${this.#take()}${this.#take()} ` : '';
      items.push(name + this.value(deeper, depth + 1));
      if (this.#lexemes[this.#next] === ',') this.#next += 1;
    }
    const close = this.#take();
    const line = items.join(', ');
    if (items.length === 0) return open + close;
    if (line.length + indent.length <= lineWidth && !line.includes('\n')) {
      return open === '[' ? `[${line}]` : `{ ${line} }`;
    }
    return `${open}\n${items.map((item) => deeper + item).join(',\n')}\n${indent}${close}`;
  }

  #take(): string {
    this.#next += 1;
    return this.#lexemes[this.#next - 1]!;
  }

  #isAtEnd(): boolean {
    const lexeme = this.#lexemes[this.#next];
    return lexeme === '}' || lexeme === ']';
  }

  /** Up to the bracket that belongs to the one just taken, as it stands. */
  #rest(): string {
    const start = this.#next;
    for (let open = 1; open > 0; ) {
      const lexeme = this.#take();
      if (lexeme === '{' || lexeme === '[') open += 1;
      else if (lexeme === '}' || lexeme === ']') open -= 1;
    }
    return this.#lexemes.slice(start, this.#next).join('');
  }
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

function highlighted(json: string): SafeHtml {
  const parts: SafeHtml[] = [];
  let end = 0;
  for (const match of json.matchAll(token)) {
    const [whole, text, colon, literal] = match;
    parts.push(html`${json.slice(end, match.index)}`);
    if (text === undefined) parts.push(html`<span class="jl">${literal}</span>`);
    else if (colon === undefined) parts.push(html`<span class="js">${text}</span>`);
    else parts.push(html`<span class="jk">${text}</span>${colon}`);
    end = match.index + whole.length;
  }
  parts.push(html`${json.slice(end)}`);
  return html`${parts}`;
}
