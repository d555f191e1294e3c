import { visibleText } from './text.ts';

/**
 * Text for HTML and XML, between tags and in quoted attributes alike. Characters that XML 1.0 §2.2 does not allow
 * become visible ones; `>` is escaped too, so that `]]>` cannot occur (XML 1.0 §2.4).
 */
export function markupText(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
