/** A chain of redirects that is longer leads nowhere. */
export const maxRedirects = 5;

/**
 * Where an answer sends the same call again: 307 and 308 keep method and body (RFC 9110 §15.4.8, §15.4.9), and
 * are what balancers send. Other redirects change the call, so they are answers like any other.
 * @param location the header, as it came
 * @param from the URL that was called; its user and password go along, as the same server is meant
 * @returns undefined where the answer is the last one
 */
export function redirectedTo(status: number, location: string | undefined, from: URL): URL | undefined {
  if ((status !== 307 && status !== 308) || location === undefined) return undefined;
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  if (to.protocol !== 'http:' && to.protocol !== 'https:') return undefined;
  to.username = from.username;
  to.password = from.password;
  return to;
}
