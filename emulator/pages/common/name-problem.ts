import { streamNameProblem } from '../../rooms/stream-name.ts';
import type { PageState } from './page-state.ts';

/**
 * Why somebody cannot come into a room under a name, as a sentence; `undefined` where nothing is known against
 * it.
 * @param room its name, which may be that of a room that is still to be made
 */
export function joinProblem(
  state: Pick<PageState, 'rooms' | 'published' | 'allName'>,
  room: string,
  name: string,
): string | undefined {
  const roomProblem = streamNameProblem(room);
  if (roomProblem !== undefined) return `“${room}” cannot name a room: ${roomProblem}.`;
  const problem = streamNameProblem(name);
  if (problem !== undefined) return `“${name}” cannot be your name: ${problem}.`;
  if (name === state.allName) return `“${name}” is the track in which everybody is heard: take another name.`;
  if (name === room || state.rooms.some((one) => one.name === name))
    return `“${name}” is the name of a room: take another name.`;
  const present = state.rooms.find((one) => one.name === room);
  if (present?.members.some((member) => member.stream === name))
    return `Somebody is “${name}” in this room already: take another name.`;
  if (state.published.includes(name)) return `Somebody publishes as “${name}” already: take another name.`;
  return undefined;
}
