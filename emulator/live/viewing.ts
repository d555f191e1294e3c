import type { TrackSelection } from '../rooms/types.ts';

/** What a play session gets, and how it is changed. */
export interface Viewing {
  /** Ids of the tracks in force: `['a3']`. */
  tracks(): readonly string[];
  /** Changes tracks; what the selection leaves open goes back to its default. */
  select(selection: TrackSelection): void;
  /** Idempotent. */
  close(): void;
}
