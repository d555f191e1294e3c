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

/** JSON indented by two, short parts on one line; `undefined` where the text is no JSON object or array. */
export function prettyJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    return printed(value, '', 0);
  } catch {
    return undefined;
  }
}

function printed(value: unknown, indent: string, depth: number): string {
  const parts = typeof value === 'object' && value !== null ? partsOf(value) : undefined;
  if (parts === undefined || depth > depthLimit) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const deeper = `${indent}  `;
  const items = parts.map(([name, part]) => name + printed(part, deeper, depth + 1));
  const line = items.join(', ');
  if (items.length === 0) return open + close;
  if (line.length + indent.length <= lineWidth && !line.includes('\n')) {
    return open === '[' ? `[${line}]` : `{ ${line} }`;
  }
  return `${open}\n${items.map((item) => deeper + item).join(',\n')}\n${indent}${close}`;
}

function partsOf(value: object): [name: string, part: unknown][] {
  if (Array.isArray(value)) return value.map((part: unknown) => ['', part]);
  return Object.entries(value).map(([name, part]) => [`${JSON.stringify(name)}: `, part]);
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
