import type { RoomsProfile } from '../profile.ts';

/** Numbers a room has given to its members. */
export interface GivenNumbers {
  /** Of the members in the room now. */
  readonly present: readonly number[];
  /** The highest in the room's life, or `undefined` before the first. */
  readonly highest: number | undefined;
}

/** Chooses the number of the audio track of the next member. */
export type TrackNumbering = (given: GivenNumbers, profile: RoomsProfile) => number;

/**
 * Numbers from `firstMemberTrackNumber` on in order of joining. A number is used once in a room's life, or
 * with `reuseTrackNumbers` again as soon as it is free. Never the number of the track of everybody.
 */
export const nextTrackNumber: TrackNumbering = ({ present, highest }, profile) => {
  const { firstMemberTrackNumber, allTrackNumber, reuseTrackNumbers } = profile;
  const isTaken = (number: number) => number === allTrackNumber || present.includes(number);
  let number = firstMemberTrackNumber;
  if (!reuseTrackNumbers && highest !== undefined) number = highest + 1;
  while (isTaken(number)) number += 1;
  return number;
};
