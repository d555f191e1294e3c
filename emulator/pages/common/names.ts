/** A name for use in a path: everything is encoded but the slashes. */
export function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('%2F', '/');
}

/** The stream of a player page's path, `/chat/alice/embed.html`; `undefined` where the path is another. */
export function streamOfPlayerPath(path: string): string | undefined {
  const match = /^\/(.+)\/embed\.html$/.exec(path);
  try {
    return match === null ? undefined : decodeURIComponent(match[1]!);
  } catch {
    return undefined;
  }
}
