import { oneLine, shorten, visibleText } from './text.ts';

/** Text as text: whatever means something to Markdown or HTML is escaped, and `@name` mentions nobody. */
export function inline(text: string): string {
  return shorten(oneLine(text), 2000)
    .replaceAll('\n', ' ')
    .replace(/[\\`*_{}[\]()#!|~:$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}&#46;`);
}

/**
 * Text as a code span, which ends at a run of as many backticks as it began with; bars become others, since they end
 * the cell of a table.
 */
export function code(text: string): string {
  const line = oneLine(text).replaceAll('|', '¦');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Lines as a block of shell code. */
export function fenced(text: string): string {
  const body = shorten(visibleText(text), 4000);
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}sh\n${body}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), (match) => match[0].length));
}
