import { roomNamesOf } from '../http/room-names.ts';
import { NotApplicableError } from '../run/clause.ts';
import { onlyRoomText, type RunContext } from '../run/context.ts';

/**
 * Where a call can only mean the only room there is, and the server has one of its own already: nothing can be called in
 * a second one, so what would be done in a room of the suite is done in that one.
 * @param anyRoom false: it has to be one that the suite has made
 * @returns the name of a room that the suite may use; undefined where it makes one
 * @throws NotApplicableError where the server has rooms that the suite may not use
 */
export async function roomInstead(context: RunContext, anyRoom: boolean): Promise<string | undefined> {
  const others = await roomsOf(context);
  const [first, ...more] = others;
  if (first === undefined) return undefined;
  const isLent = more.length === 0 && context.target.configured?.pictures.includes(first) === true;
  if (isLent && anyRoom) return first;
  throw hasOthers(others);
}

/**
 * Wants a room to be one that calls can mean.
 * @throws NotApplicableError where a call can only mean the only room there is, and there are others
 */
export async function requireAlone(context: RunContext, room: string): Promise<void> {
  const others = (await roomsOf(context)).filter((name) => name !== room);
  if (others.length > 0) throw hasOthers(others);
}

/** Of a server that addresses rooms by name, none: there it makes no difference. */
async function roomsOf({ reading, api }: RunContext): Promise<readonly string[]> {
  if (reading === 'by-name') return [];
  return roomNamesOf((await api.manager('list_room', [])).json) ?? [];
}

function hasOthers(rooms: readonly string[]): NotApplicableError {
  const shown = rooms.slice(0, 3).join(', ') + (rooms.length > 3 ? ' …' : '');
  return new NotApplicableError(`${onlyRoomText}, and the server has others: ${shown}`);
}
