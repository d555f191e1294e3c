import type { Report } from '../report.ts';
import { sampleReport } from './sample-report.ts';

/** Texts that have broken reports before: markup, scripts, escape sequences, broken Unicode, direction marks. */
export const hostileTexts: readonly string[] = [
  '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><link rel=stylesheet href=https://evil.example/x.css>',
  ']]></failure><failure message="x">&amp;&#0;&lol;',
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u0000 \u0008 \u009b2J \ufffe \ud800 \udfff',
  '\u202eevil\u2066 ![x](https://evil.example/x.png) [link](javascript:alert(1)) | `a` ```',
  '{"json": "<b>\\u003c/script>", "n": [1e400]}',
  `../../etc/passwd\r\n${'long '.repeat(3000)}`,
];

/** Fields with a fixed set of values: no target can write into them. */
const fixedFields = new Set(['type', 'verdict', 'level', 'startedAt', 'direction']);

/** The sample report with every free text replaced, the names of headers included. */
export function hostileReport(text: string): Report {
  return replaced(sampleReport(), text) as Report;
}

function replaced(value: unknown, text: string): unknown {
  if (typeof value === 'string') return isExpectation(value) ? value : text;
  if (Array.isArray(value)) return value.map((part) => replaced(part, text));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]): [string, unknown] => {
    if (name === 'responseHeaders' || name === 'headers') return [name, { [text]: text }];
    return [name, fixedFields.has(name) ? part : replaced(part, text)];
  });
  return Object.fromEntries(entries);
}

function isExpectation(value: string): boolean {
  return value === 'heard' || value === 'not-heard' || value === 'either';
}
