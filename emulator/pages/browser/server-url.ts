/**
 * The whole address of a path on this server. Where the page was opened as `http://user:pass@host/`, paths
 * alone would take over user and password, and browsers refuse to fetch from such addresses; the pair is sent
 * all the same.
 */
export function serverUrl(path: string): string {
  return new URL(path, location.origin).href;
}
