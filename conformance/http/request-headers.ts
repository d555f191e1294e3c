/** Headers of a call that say how a server is to read it, or who calls. */
const shownNames = ['authorization', 'content-type', 'origin', 'if-match'];

/**
 * The headers of a call that matter, as they may be shown: of credentials the scheme alone.
 * @returns names in lower case
 */
export function shownRequestHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (!shownNames.includes(key)) continue;
    shown[key] = key === 'authorization' ? `${/^\w+ /.exec(value)?.[0] ?? ''}REDACTED` : value;
  }
  return shown;
}
