import { type ApiClient, literalRoom } from '../http/api-client.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { isOfSomeRun } from './run-prefix.ts';
import { deleteStream, streamNames } from './v3-streams.ts';

/** What earlier runs have left behind, and was removed. */
export interface RemovedLeftovers {
  readonly rooms: readonly string[];
  readonly members: readonly string[];
  readonly streams: readonly string[];
}

/**
 * Removes what runs that were ended the hard way have left on a server: rooms, members of rooms, and streams, all
 * known by their names. A run that goes on at the same time loses its rooms, too.
 * @param prefix what these runs were told to put before their names
 */
export async function removeEarlierRuns(api: ApiClient, prefix = ''): Promise<RemovedLeftovers> {
  const isOurs = (name: string) => isOfSomeRun(name, prefix);
  const rooms = roomNamesOf((await api.manager('list_room', [])).json) ?? [];
  const members: string[] = [];
  for (const room of rooms) {
    for (const client of await clientsOf(api, room)) {
      if (!isOurs(client)) continue;
      const { status } = await api.room(room, 'remove_stream', [client]);
      if (status < 300) members.push(client);
    }
  }
  const removedRooms: string[] = [];
  for (const room of rooms.filter(isOurs)) {
    if ((await api.manager('remove_room', [room])).status < 300) removedRooms.push(room);
  }
  const [left, ...more] = rooms.filter((room) => !removedRooms.includes(room));
  if (left !== undefined && more.length === 0) {
    // Where a room is not addressed by its name, its members are reached now that it is the only one.
    for (const client of await clientsOf(api, literalRoom)) {
      if (!isOurs(client)) continue;
      const { status } = await api.roomAt(literalRoom, 'remove_stream', [client]);
      if (status < 300) members.push(client);
    }
  }
  const streams: string[] = [];
  for (const name of ((await streamNames(api)) ?? []).filter(isOurs)) {
    if ((await deleteStream(api, name)).status < 300) streams.push(name);
  }
  return { rooms: removedRooms, members, streams };
}

async function clientsOf(api: ApiClient, path: string): Promise<readonly string[]> {
  const { clients } = ((await api.roomAt(path, 'stat', [])).json ?? {}) as { clients?: unknown };
  return Array.isArray(clients) ? clients.filter((client) => typeof client === 'string') : [];
}
