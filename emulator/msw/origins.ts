const wanted = 'an origin like "http://media.example.com:8080"';

/**
 * Reads the origins that the handlers answer for.
 *
 * @throws TypeError for text that is no origin of http or https
 */
export function readOrigins(origin: string | readonly string[]): ReadonlySet<string> {
  const texts = [origin].flat();
  if (texts.length === 0) throw new TypeError(`mosaicHandlers: origin must be ${wanted}, and there is none`);
  return new Set(texts.map(readOrigin));
}

function readOrigin(text: unknown): string {
  const url = typeof text === 'string' ? parseUrl(text) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  throw new TypeError(`mosaicHandlers: origin must be ${wanted}, not ${JSON.stringify(text)}`);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
