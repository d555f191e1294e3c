/**
 * Text of a target made fit to be shown: line breaks and tabs stay, every other control character becomes
 * its visible picture (U+2400 and on), and what would turn the direction of the text around it or is no
 * character at all becomes a visible code point. Without this, a server's answer could write escape
 * sequences to a terminal, break an XML file or make a line read differently from what it holds.
 */
export function visibleText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0xfffd;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

// C0 without tab and line feed, DEL, C1, the marks that steer direction, lone surrogates, noncharacters.
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** {@link visibleText} on one line: for titles, table cells, attributes and a terminal's lines. */
export function oneLine(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ').trim();
}

/** A duration as people say it: `840 ms`, `12.4 s`, `3 min 07 s`. Anything that is no duration: `–`. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs) || durationMs < 0) return '–';
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A number with so many decimals and a real minus sign; `–` where it is none. */
export function formatNumber(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value < 0 ? '−∞' : '∞';
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** `2026-11-22 23:06:29 UTC`; the text itself where it is no date. */
export function formatStart(startedAt: string): string {
  const milliseconds = Date.parse(startedAt);
  if (Number.isNaN(milliseconds)) return oneLine(startedAt);
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `1 clause`, `2 clauses`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first `limit` characters, with a remark of what is missing. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}\n… ${text.length - limit} more characters, see report.json`;
}
