import type { PageName } from '../pages/html/index.ts';
import type { Reply } from './http-call.ts';

/** On everything the pages are made of. */
export const pageHeaders = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const;

/** Scripts, styles and calls of this server only, nothing inline, nothing of others. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/**
 * One of the pages.
 * @param status of the answer; a page may tell of an error itself
 */
export async function pageReply(name: PageName, status = 200): Promise<Reply> {
  const { pages } = await import('../pages/html/index.ts');
  // Only the player is made to stand in pages of others.
  const ancestors = name === 'embed' ? [] : ["frame-ancestors 'none'"];
  return {
    status,
    headers: {
      ...pageHeaders,
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [...policy, ...ancestors].join('; '),
    },
    body: pages[name],
  };
}
