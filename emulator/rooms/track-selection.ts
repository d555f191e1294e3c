import { quote } from './room-error.ts';
import type { TrackSelection } from './types.ts';

/** A choice of tracks that cannot be read; the message is a sentence for the viewer. */
export class TrackSelectionError extends Error {
  override readonly name = 'TrackSelectionError';
}

const maxItems = 32;
const maxTextLength = 200;

/**
 * Reads the choice of tracks that players send: `v1a3`, `a3`, a list like `["v1","a3"]`. An empty text or
 * list, `auto` and a missing value choose nothing, so the defaults apply.
 * @param value as it came: text of a query, or any JSON
 * @param audioPrefix what stands before the number in the ids of audio tracks that this server gives; `a`, which the
 *   documentation has, is understood beside it
 * @throws TrackSelectionError where it is something else, or chooses two tracks of one kind
 */
export function parseTracks(value: unknown, audioPrefix = 'a'): TrackSelection {
  const texts = asTexts(value).filter((text) => text !== '' && text !== 'auto');
  const ids = texts.flatMap((text) => splitIds(text, audioPrefix));
  const audio = onlyNumber(ids, 'audio');
  const video = onlyNumber(ids, 'video');
  return { ...(audio === undefined ? {} : { audio }), ...(video === undefined ? {} : { video }) };
}

function asTexts(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  const isListOfTexts = Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (!isListOfTexts || value.length > maxItems) {
    throw new TrackSelectionError('Tracks must be a text like "v1a3" or a list like ["v1","a3"].');
  }
  return value;
}

interface TrackId {
  readonly kind: 'audio' | 'video';
  readonly number: number;
}

function splitIds(text: string, audioPrefix: string): readonly TrackId[] {
  const one = new RegExp(`(v|${audioPrefix.replace(/\W/g, '\\$&')}|a)([1-9]\\d{0,5})`, 'y');
  const ids: TrackId[] = [];
  while (text.length <= maxTextLength) {
    const found = one.exec(text);
    if (found === null) break;
    ids.push({ kind: found[1] === 'v' ? 'video' : 'audio', number: Number(found[2]) });
    if (one.lastIndex === text.length) return ids;
  }
  throw new TrackSelectionError(`Tracks must look like "v1a3" or "a3", not ${quote(text)}.`);
}

function onlyNumber(ids: readonly TrackId[], kind: TrackId['kind']): number | undefined {
  const numbers = new Set(ids.filter((id) => id.kind === kind).map(({ number }) => number));
  if (numbers.size > 1) {
    throw new TrackSelectionError(`Only one ${kind} track can be played at a time, not ${numbers.size}.`);
  }
  return [...numbers][0];
}
