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
 * @throws TrackSelectionError where it is something else, or chooses two tracks of one kind
 */
export function parseTracks(value: unknown): TrackSelection {
  const texts = asTexts(value).filter((text) => text !== '' && text !== 'auto');
  const ids = texts.flatMap((text) => splitIds(text));
  const audio = onlyNumber(ids, 'a', 'audio');
  const video = onlyNumber(ids, 'v', 'video');
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

function splitIds(text: string): readonly string[] {
  const isReadable = text.length <= maxTextLength && /^([av][1-9]\d{0,5})+$/.test(text);
  if (isReadable) return text.match(/[av]\d+/g) ?? [];
  throw new TrackSelectionError(`Tracks must look like "v1a3" or "a3", not ${quote(text)}.`);
}

function onlyNumber(ids: readonly string[], letter: string, kind: string): number | undefined {
  const numbers = new Set(ids.filter((id) => id.startsWith(letter)).map((id) => Number(id.slice(1))));
  if (numbers.size > 1) {
    throw new TrackSelectionError(`Only one ${kind} track can be played at a time, not ${numbers.size}.`);
  }
  return [...numbers][0];
}
