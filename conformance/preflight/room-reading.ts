import { literalRoom, type RoomReading } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import { HttpCallError } from '../http/http-call.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { clientsOf, isStat } from '../http/stat-answer.ts';
import { isUnavailable } from '../http/unavailable.ts';
import { onlyRoomText, type RunContext } from '../run/context.ts';
import type { Target } from '../targets/target.ts';
import { TargetError } from '../targets/url.ts';

/** Which room the path of a call means on a server. */
export interface ReadingFound {
  readonly reading: RoomReading;
  /** A sentence for whoever reads the report; missing where rooms have their names in the path, as nearly always. */
  readonly note?: string;
  /** Why a call was not answered at all, so that nothing more need be asked. */
  readonly silence?: string;
}

/**
 * Finds out which room `…/dynamic_mosaic/room` means, of which the documentation says nothing: mostly `room` stands for
 * a room’s name, else it means the only room there is. A room is made for it and goes at once; in rooms of others only
 * `stat` is asked for. Where nothing can be found out, the clauses tell what is wrong, with names.
 * @throws TargetError where the credentials are good for some calls only, so that no clause could be measured
 */
export async function findRoomReading(context: RunContext): Promise<ReadingFound> {
  const { reading } = context.target;
  if (reading !== undefined) return { reading };
  try {
    return await look(context);
  } catch (error) {
    if (error instanceof TargetError) throw error;
    return { reading: 'by-name', ...(error instanceof HttpCallError && { silence: error.message }) };
  } finally {
    await context.leftovers.remove();
  }
}

async function look({ target, api, leftovers, prefix }: RunContext): Promise<ReadingFound> {
  const [room, stranger, stream] = [`${prefix}reading`, `${prefix}nowhere`, `${prefix}reading-member`];
  const stat = async (path: string) => answered(api.roomAt(path, 'stat', []));
  leftovers.addRoom(room);
  const added = await answered(api.manager('add_room', [room]));
  if (isForbidden(added)) {
    if (target.configured === undefined) throw refused(target, 'make a room: add_room', added);
    return { reading: 'by-name', note: 'No room may be made: only those that are lent can be looked at.' };
  }
  const own = await stat(room);
  if (isStat(own)) {
    // Where a room that was never made answers as well, it may be that nobody reads the name.
    if (!isStat(await stat(stranger))) return { reading: 'by-name' };
    const rooms = roomNamesOf((await api.manager('list_room', [])).json);
    const isAlone = rooms?.every((name) => name === room) === true;
    // A member would come into a room of others, if nobody does: then the worse is assumed.
    if (isAlone) {
      leftovers.addMember(room, stream);
      await api.roomAt(room, 'add_stream', [stream]);
      const isNameRead = !clientsOf((await stat(stranger)).json)?.includes(stream);
      await api.roomAt(room, 'remove_stream', [stream]);
      if (isNameRead) return { reading: 'by-name' };
    }
    return {
      reading: 'only-room',
      note: `${capital(onlyRoomText)}: whatever name the path has, one room answers.`,
    };
  }
  await leftovers.remove();
  const others = roomNamesOf((await api.manager('list_room', [])).json);
  if (others?.length === 0) {
    // Nobody else's room can be meant.
    leftovers.addRoom(room);
    await answered(api.manager('add_room', [room]));
  }
  const answer = await stat(literalRoom);
  if (isForbidden(own) && isForbidden(answer)) throw refused(target, 'call a room: stat', own);
  if (isStat(answer)) {
    return {
      reading: 'only-room',
      note: `${capital(onlyRoomText)}: a room’s own name is not taken for one.`,
    };
  }
  const many = (others?.length ?? 0) > 1 ? `, and it has ${others!.length} rooms` : '';
  return {
    reading: 'by-name',
    note: `Neither a room’s name nor ${literalRoom} is taken as the path of a room: stat is answered ${answer.status}${many}.`,
  };
}

/** What a gateway answers, or a server that puts a call off, tells nothing of rooms. @throws Error */
async function answered(call: Promise<Exchange>): Promise<Exchange> {
  const answer = await call;
  if (isUnavailable(answer)) throw new Error(`a call is answered ${answer.status}`);
  return answer;
}

function isForbidden({ status }: Exchange): boolean {
  return status === 401 || status === 403;
}

function refused({ url }: Target, what: string, { status }: Exchange): TargetError {
  const call = `${what} is answered ${status}`;
  return new TargetError(`the credentials in --target may list the rooms of ${url}, and not ${call}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
