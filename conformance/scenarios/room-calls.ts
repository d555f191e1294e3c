import { literalRoom } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import { mentions } from '../http/mentions.ts';
import { NotApplicableError } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { replay } from './documented-call.ts';
import { roomInstead } from './only-room.ts';

/** What the documented calls answered, one after the other, in a room of the name that is in their path. */
export interface RoomCalls {
  readonly stream: string;
  /** Of the second participant. */
  readonly other: string;
  readonly first: Exchange;
  readonly second: Exchange;
  readonly again: Exchange;
  readonly stat: Exchange;
  readonly muteVideo: Exchange;
  readonly muteAudio: Exchange;
  readonly remove: Exchange;
  readonly statAfter: Exchange;
  /** Joins when the first has left and the second is still there. */
  readonly third: Exchange;
}

/**
 * The page calls `…/dynamic_mosaic/room` without saying which room that is. In a room that is called `room`
 * its lines mean the same in every reading. Where they mean the only room there is, and the suite may use it, they are
 * called there.
 */
export const roomCalls: Scenario<RoomCalls> = {
  name: 'the documented calls on a room',
  async play(context) {
    const instead = await roomInstead(context, true);
    const room = instead ?? literalRoom;
    const stream = `${context.prefix}first`;
    const other = `${context.prefix}second`;
    const last = `${context.prefix}third`;
    const before = await replay(context, 'manager.list-room');
    if (instead === undefined && mentions(before, room)) {
      const why = `the server has a room called ${room} of its own, which is left alone`;
      throw new NotApplicableError(`${why}; --cleanup removes what a killed run has left`);
    }
    if (instead === undefined) context.leftovers.addRoom(room);
    context.leftovers.addMember(room, stream);
    context.leftovers.addMember(room, other);
    context.leftovers.addMember(room, last);
    if (instead === undefined) await replay(context, 'manager.add-room', { room });
    const call = (id: string, name = stream) => replay(context, id, { room, stream: name });
    const first = await call('room.add-stream');
    const second = await call('room.add-stream', other);
    const again = await call('room.add-stream');
    const stat = await call('room.stat');
    const muteVideo = await call('room.mute-video');
    const muteAudio = await call('room.mute-audio');
    const remove = await call('room.remove-stream');
    const statAfter = await call('room.stat');
    const third = await call('room.add-stream', last);
    await context.leftovers.remove(room);
    return { stream, other, first, second, again, stat, muteVideo, muteAudio, remove, statAfter, third };
  },
};
