/** One of the pages; none of its parts holds anything from outside, so nothing needs escaping. */
export interface PageParts {
  readonly title: string;
  /** Its script, `chat` for `browser/chat.ts`; missing: it needs none. */
  readonly script?: string;
  /** Class of the body. */
  readonly kind: string;
  /** Which of the links of the head leads here. */
  readonly current?: 'dashboard' | 'chat';
  readonly main: string;
}

/** Writes a page. Everything that changes is filled in by its script. */
export function htmlDocument({ title, script, kind, current, main }: PageParts): string {
  const link = (name: string, href: string, text: string) =>
    `<a href="${href}"${name === current ? ' aria-current="page"' : ''}>${text}</a>`;
  const header =
    current === undefined
      ? ''
      : `<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<span class="brand"><svg viewBox="0 0 32 32" aria-hidden="true"><rect x="3" y="3" width="12" height="12" rx="3"/><rect x="17" y="3" width="12" height="12" rx="3"/><rect x="3" y="17" width="12" height="12" rx="3"/><rect class="on" x="17" y="17" width="12" height="12" rx="3"/></svg>mosaic2</span>
<nav aria-label="Pages">${link('dashboard', '/ui/', 'Dashboard')}${link('chat', '/ui/chat', 'Chat')}</nav>
</header>
`;
  const needsScript =
    script === undefined
      ? ''
      : `<script type="module" src="/ui/assets/pages/browser/${script}.js"></script>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/ui/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/ui/assets/style.css">
${needsScript}</head>
<body class="${kind}">
${header}<main id="main" tabindex="-1">
${main}
${script === undefined ? '' : '<noscript><p class="notice bad">This page needs JavaScript.</p></noscript>\n'}</main>
</body>
</html>
`;
}
