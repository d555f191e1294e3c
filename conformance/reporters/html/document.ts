import { createHash } from 'node:crypto';
import { html, SafeHtml } from './safe-html.ts';

/** What {@link htmlDocument} puts around a body. */
export interface DocumentParts {
  readonly title: string;
  /** What the page may do besides showing itself in its style: directives of CSP 3 §6, none where it is missing. */
  readonly allowed?: readonly string[];
  readonly style: string;
  /** Runs before the body is there. */
  readonly script?: string;
  readonly body: SafeHtml;
}

/**
 * A page in one file, which asks for nothing from elsewhere: should a text ever get through as markup, its policy lets
 * it load nothing and run nothing.
 */
export function htmlDocument({ title, allowed = [], style, script, body }: DocumentParts): string {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    ...allowed,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · mosaic2 conformance</title>
<style>${new SafeHtml(style)}</style>
${script !== undefined && html`<script>${new SafeHtml(script)}</script>\n`}</head>
<body>
${body}
</body>
</html>
`;
  return page.toString();
}

/** The directive that lets just these scripts run, each known by its content (CSP 3 §2.3.1). */
export function scriptsOnly(...scripts: readonly string[]): string {
  const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  return `script-src ${scripts.map(hash).join(' ')}`;
}
