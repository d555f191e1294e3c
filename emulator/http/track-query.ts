import { parseTracks } from '../rooms/track-selection.ts';
import type { TrackSelection } from '../rooms/types.ts';

/**
 * The tracks that a viewer asks for in the query of a playing URL. Clients of different ages spell it
 * `tracks=v1a3`, `filter.tracks=v1a3`, `filter=tracks:v1a3` and `start_track=v1a3`.
 *
 * @param audioPrefix as {@link parseTracks} has it
 * @throws TrackSelectionError where the text is no track choice
 */
export function tracksOfQuery(query: URLSearchParams, audioPrefix?: string): TrackSelection {
  return parseTracks(
    query.get('tracks') ??
      query.get('filter.tracks') ??
      filterTracks(query) ??
      query.get('start_track') ??
      '',
    audioPrefix,
  );
}

function filterTracks(query: URLSearchParams): string | undefined {
  const filter = query.getAll('filter').find((text) => text.startsWith('tracks:'));
  return filter?.slice('tracks:'.length);
}
