/** How an answer spells an audio track, in the words of the profile. */
export interface TrackAnswer {
  readonly shape: 'object' | 'number-object' | 'string' | 'number';
  readonly number: number;
  /** What stands before the number; missing where the answer is a bare number. */
  readonly prefix?: string;
}

/** Reads `{"track_id":"a3"}`, `{"track_id":3}`, `"a3"` and `3`; undefined for anything else. */
export function trackAnswerOf(json: unknown): TrackAnswer | undefined {
  if (isOnly(json, 'track_id')) {
    const inner = json.track_id;
    const read = bareTrack(inner);
    return read && { ...read, shape: typeof inner === 'number' ? 'number-object' : 'object' };
  }
  const read = bareTrack(json);
  return read && { ...read, shape: typeof json === 'number' ? 'number' : 'string' };
}

/** The prefix and number of a track's id; undefined for what is none. */
export function bareTrack(id: unknown): { readonly number: number; readonly prefix?: string } | undefined {
  if (typeof id === 'number') return Number.isInteger(id) && id >= 0 ? { number: id } : undefined;
  if (typeof id !== 'string') return undefined;
  const [, prefix, digits] = /^(.*?)(\d{1,6})$/s.exec(id) ?? [];
  return digits === undefined ? undefined : { number: Number(digits), prefix: prefix! };
}

/** `array`, or `rooms-object` for `{"rooms":[…]}`; undefined for anything else. */
export function listShapeOf(json: unknown): 'array' | 'rooms-object' | undefined {
  if (Array.isArray(json)) return 'array';
  return isOnly(json, 'rooms') && Array.isArray(json.rooms) ? 'rooms-object' : undefined;
}

function isOnly<Key extends string>(json: unknown, key: Key): json is Record<Key, unknown> {
  const keys = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : [];
  return keys.length === 1 && keys[0] === key;
}

/** One track as `media_info.json` tells it, as far as it can be relied upon. */
export interface ToldTrack {
  readonly content: 'audio' | 'video';
  readonly trackId: unknown;
  readonly title: unknown;
  readonly bitrate: unknown;
}

/** @returns none for what is no such answer */
export function toldTracksOf(json: unknown): readonly ToldTrack[] {
  const tracks = typeof json === 'object' && json !== null && 'tracks' in json ? json.tracks : undefined;
  if (!Array.isArray(tracks)) return [];
  return tracks.flatMap((track: unknown) => {
    if (typeof track !== 'object' || track === null) return [];
    const { content, track_id: trackId, title, bitrate } = track as Record<string, unknown>;
    return content === 'audio' || content === 'video' ? [{ content, trackId, title, bitrate }] : [];
  });
}

/** What `stat` tells, as far as it is documented. */
export function statOf(
  json: unknown,
): { readonly count: number; readonly clients: readonly string[] } | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { count, clients } = json as Record<string, unknown>;
  const isList = Array.isArray(clients) && clients.every((client) => typeof client === 'string');
  return typeof count === 'number' && isList ? { count, clients } : undefined;
}
