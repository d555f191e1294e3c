import { quote, RoomError } from './room-error.ts';
import type { Member, Room, RoomEvent } from './types.ts';

/** The member that publishes as `stream`. */
export function memberOf(room: Room, stream: string): Member | undefined {
  return room.members.find((member) => member.stream === stream);
}

/** @throws RoomError unknown-stream */
export function requireMember(room: Room, stream: string): Member {
  const member = memberOf(room, stream);
  if (member !== undefined) return member;
  throw new RoomError('unknown-stream', `There is no stream ${quote(stream)} in room ${quote(room.name)}.`);
}

/** The same room with other members. */
export function withMembers(room: Room, members: readonly Member[]): Room {
  return Object.freeze({ ...room, members: Object.freeze([...members]) });
}

/** The events of every member's leaving, each with the room as it leaves it, and the room without members. */
export function removalOfAll(room: Room): { readonly events: readonly RoomEvent[]; readonly emptied: Room } {
  const events: RoomEvent[] = [];
  let emptied = room;
  for (const member of room.members) {
    emptied = withMembers(room, emptied.members.slice(1));
    events.push({ type: 'member-removed', room: emptied, member });
  }
  return { events, emptied };
}
