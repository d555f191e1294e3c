/** What the documentation has before the number of an audio track: `a3`. */
const documentedPrefix = 'a';

const longestId = 100;

/**
 * A track's id as an answer gives it: `a3` from `{"track_id":"a3"}`, or from a bare string, for nothing is said of all
 * shapes. It is used as it is, whatever it looks like.
 * @param prefix stands before an id that is only a number
 */
export function trackIdOf(json: unknown, prefix = documentedPrefix): string | undefined {
  const value = bare(json);
  if (typeof value === 'number') return `${prefix}${value}`;
  return typeof value === 'string' && value !== '' && value.length <= longestId ? value : undefined;
}

/** Whether two answers mean one track: where one of them is a bare number, that is compared. */
export function isSameTrack(one: unknown, other: unknown): boolean {
  const [first, second] = [bare(one), bare(other)];
  if (typeof first !== 'number' && typeof second !== 'number') {
    return trackIdOf(first) !== undefined && first === second;
  }
  return numberOf(first) !== undefined && numberOf(first) === numberOf(second);
}

/** What stands before the number of a track: `a` of `a3`; undefined where there is no number. */
export function prefixOf(trackId: string): string | undefined {
  return /^(.*?)\d+$/s.exec(trackId)?.[1];
}

function bare(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'track_id' in json ? json.track_id : json;
}

function numberOf(id: unknown): string | undefined {
  return /\d+$/.exec(String(id))?.[0];
}
