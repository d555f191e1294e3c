/** What a request wants of a stream: the end of the path, after the stream's name. */
export type StreamAction =
  | 'whip'
  | 'whip-session'
  | 'whep'
  | 'whep-session'
  | 'media_info.json'
  | 'sessions'
  | 'request_tracks'
  | 'embed.html'
  | 'preview.jpg'
  | 'webrtc'
  | 'webrtc/publish'
  | 'webrtc/publish-error';

/** A request path below a stream, taken apart. */
export interface StreamPath {
  /** Decoded once; may hold slashes and anything else. Empty where the path names no stream. */
  readonly stream: string;
  /** `undefined`: the path ends with none of the known words. */
  readonly action: StreamAction | undefined;
  /** Empty where the action has no session, and where a client knows none. */
  readonly sessionId: string;
  readonly query: URLSearchParams;
}

interface Match {
  readonly rest: readonly string[];
  readonly action: StreamAction;
  readonly sessionId: string;
}

/** `whap` is how clients of the 22.x era spell the playing endpoint. */
const lastWords: ReadonlyMap<string, StreamAction> = new Map([
  ['whip', 'whip'],
  ['whep', 'whep'],
  ['whap', 'whep'],
  ['media_info.json', 'media_info.json'],
  ['embed.html', 'embed.html'],
  ['preview.jpg', 'preview.jpg'],
  ['webrtc', 'webrtc'],
]);

const sessionParents: ReadonlyMap<string, StreamAction> = new Map([
  ['whip', 'whip-session'],
  ['whep', 'whep-session'],
  ['whap', 'whep-session'],
]);

/**
 * Takes a request target like `/lobby/room%201/whep/SID?tracks=a3` apart. Stream names may hold slashes, so
 * the action is read from the end of the path. A query that ends with an action (`/ROOM?tracks=a3/whep`, which
 * clients make by appending to a URL that has a query) counts where the path itself ends with none.
 *
 * Never throws.
 *
 * @param target path and query, as in the request line
 * @returns `undefined` where a percent-encoding is malformed or does not give UTF-8
 */
export function parsePath(target: string): StreamPath | undefined {
  const { path, query } = splitTarget(target);
  const segments = decodeSegments(path.replace(/^\//, ''));
  if (segments === undefined) return undefined;

  const match = matchAction(segments);
  if (match !== undefined) return toStreamPath(match.rest, match, query);

  const appended = matchAction(query.split('/'));
  if (appended !== undefined) return toStreamPath(segments, appended, appended.rest.join('/'));

  return { stream: segments.join('/'), action: undefined, sessionId: '', query: new URLSearchParams(query) };
}

/**
 * The path that `parsePath` reads back as the same stream, action and session.
 *
 * @param action without a session part for `whip-session` and its like when `sessionId` is missing
 */
export function streamPath(stream: string, action: StreamAction, sessionId = ''): string {
  const base = `/${encodeName(stream)}`;
  const id = encodeURIComponent(wellFormed(sessionId));
  switch (action) {
    case 'whip-session':
      return `${base}/whip/${id}`;
    case 'whep-session':
      return `${base}/whep/${id}`;
    case 'sessions':
      return `${base}/sessions/${id}`;
    case 'request_tracks':
      return `${base}/sessions/${id}/request_tracks`;
    default:
      return `${base}/${action}`;
  }
}

/** A stream's name for use in a path: everything is encoded but the slashes. */
export function encodeName(name: string): string {
  return encodeURIComponent(wellFormed(name)).replaceAll('%2F', '/');
}

/** Brings the absolute form of a request target (RFC 9112 §3.2.2) into the form the router knows. */
export function normalizeTarget(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return path === target || path.startsWith('/') ? path : `/${path}`;
}

function splitTarget(target: string): { path: string; query: string } {
  const withoutFragment = target.split('#', 1)[0] ?? '';
  const mark = withoutFragment.indexOf('?');
  if (mark === -1) return { path: withoutFragment, query: '' };
  return { path: withoutFragment.slice(0, mark), query: withoutFragment.slice(mark + 1) };
}

function decodeSegments(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function matchAction(segments: readonly string[]): Match | undefined {
  const found = (length: number, action: StreamAction, sessionId = ''): Match | undefined =>
    // Without anything before it, the word is the stream's own name.
    segments.length > length ? { rest: segments.slice(0, -length), action, sessionId } : undefined;

  const [third, second, last] = [segments.at(-3), segments.at(-2), segments.at(-1) ?? ''];
  const word = lastWords.get(last);
  if (word !== undefined) return found(1, word);
  if (second === 'webrtc' && last === 'publish') return found(2, 'webrtc/publish');
  if (second === 'webrtc' && last === 'publish-error') return found(2, 'webrtc/publish-error');
  if (last === 'request_tracks' && third === 'sessions') return found(3, 'request_tracks', second);
  if (last === 'request_tracks' && second === 'sessions') return found(2, 'request_tracks');
  if (second === 'sessions') return found(2, 'sessions', last);
  if (last === 'sessions') return found(1, 'sessions');

  const parent = second === undefined ? undefined : sessionParents.get(second);
  if (parent === undefined) return undefined;
  if (last === '') return found(2, parent === 'whip-session' ? 'whip' : 'whep');
  return found(2, parent, last);
}

function toStreamPath(stream: readonly string[], match: Match, query: string): StreamPath {
  return {
    stream: stream.join('/'),
    action: match.action,
    sessionId: match.sessionId,
    query: new URLSearchParams(query),
  };
}

/** Lone surrogates, which JSON can bring in, would make `encodeURIComponent` throw. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
