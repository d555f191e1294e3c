import { type ApiClient, literalRoom } from '../http/api-client.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { clientsOf } from '../http/stat-answer.ts';
import { isOfSomeRun } from '../run/run-prefix.ts';
import { deleteStream, streamNames } from '../run/v3-streams.ts';

/** What earlier runs have left behind, and was removed. */
export interface RemovedLeftovers {
  readonly rooms: readonly string[];
  readonly members: readonly string[];
  readonly streams: readonly string[];
  /** True: there is a room of the documented name still, of which nothing says that a run has made it. */
  readonly doubtfulRoom: boolean;
}

/**
 * Removes what runs that were ended the hard way have left on a server: rooms, members of rooms, and streams, all
 * known by their names, and the room of the documented name where only members of runs are in it. A run that goes on
 * at the same time loses its rooms, too.
 * @param prefix what these runs were told to put before their names
 * @param lent rooms that were there before any run: only members are removed from them
 */
export async function removeEarlierRuns(
  api: ApiClient,
  prefix = '',
  lent: readonly string[] = [],
): Promise<RemovedLeftovers> {
  const isOurs = (name: unknown): name is string => typeof name === 'string' && isOfSomeRun(name, prefix);
  const rooms = roomNamesOf((await api.manager('list_room', [])).json) ?? [];
  const members: string[] = [];
  const removable = rooms.filter((room) => isOurs(room) && !lent.includes(room));
  for (const room of rooms) {
    const ours = ((await clientsIn(api, room)) ?? []).filter(isOurs);
    let removed = 0;
    for (const client of ours) {
      if ((await api.room(room, 'remove_stream', [client])).status >= 300) continue;
      members.push(client);
      removed += 1;
    }
    if (room !== literalRoom || lent.includes(room) || removed === 0 || removed < ours.length) continue;
    // Whoever has come in the meantime is seen as well.
    const left = await clientsIn(api, room);
    if (left?.every((client) => client === 'all')) removable.push(room);
  }
  const removedRooms: string[] = [];
  for (const room of removable) {
    if ((await api.manager('remove_room', [room])).status < 300) removedRooms.push(room);
  }
  const [left, ...more] = rooms.filter((room) => !removedRooms.includes(room));
  if (left !== undefined && more.length === 0) {
    // Where a room is not addressed by its name, its members are reached now that it is the only one.
    for (const client of ((await clientsIn(api, literalRoom)) ?? []).filter(isOurs)) {
      const { status } = await api.roomAt(literalRoom, 'remove_stream', [client]);
      if (status < 300) members.push(client);
    }
  }
  const streams: string[] = [];
  for (const name of ((await streamNames(api)) ?? []).filter(isOurs)) {
    if ((await deleteStream(api, name)).status < 300) streams.push(name);
  }
  const isDoubtful = (room: string) => !lent.includes(room) && !removedRooms.includes(room);
  const doubtfulRoom = rooms.includes(literalRoom) && isDoubtful(literalRoom);
  return { rooms: removedRooms, members, streams, doubtfulRoom };
}

/** Undefined where that cannot be read. */
async function clientsIn(api: ApiClient, path: string): Promise<readonly unknown[] | undefined> {
  return clientsOf((await api.roomAt(path, 'stat', [])).json);
}
