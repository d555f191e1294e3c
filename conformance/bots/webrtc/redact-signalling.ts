import { redactUrls } from '../../http/redact.ts';

/** Names of JSON fields and of parameters whose values let somebody in. */
const secretNames = 'credential|password|passwd|secret|token|access_token|auth';

/**
 * Takes out of a message what would let somebody in: the ICE password of a session (RFC 8839 §5.4), credentials of
 * TURN servers in `Link` headers and in frames, passwords and tokens in JSON and in URLs.
 */
export function redactSignalling(text: string): string {
  return (
    redactUrls(text)
      // In JSON the line ends with a backslash.
      .replace(/(ice-pwd:)[^\s"\\]+/g, '$1REDACTED')
      .replace(new RegExp(`("(?:${secretNames})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), '$1"REDACTED"')
      .replace(new RegExp(`\\b((?:${secretNames})=)("[^"]*"|[^\\s&#"\\\\<>]+)`, 'gi'), '$1REDACTED')
  );
}

/** Those that say something of a session; all others of a request or an answer are left out. */
const shownHeaderNames = [
  'accept',
  'authorization',
  'content-type',
  'etag',
  'link',
  'location',
  'retry-after',
  'server',
  'www-authenticate',
  'x-sid',
];

/** The headers that matter, without what would let somebody in. */
export function shownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (!shownHeaderNames.includes(key)) continue;
    shown[key] = key === 'authorization' ? 'REDACTED' : redactSignalling(value);
  }
  return shown;
}
