import type { ListenerBot, PublisherBot } from '../bots/bot-host.ts';
import type { Clip } from '../bots/process/messages.ts';
import type { ApiClient } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RunContext } from '../run/context.ts';
import { requireAlone } from '../scenarios/only-room.ts';
import { ProbeError } from './probe.ts';

/** Where experiments are made: everything in it has names of the run, and goes with the lab. */
export class Lab {
  readonly context: RunContext;
  readonly #bots = new Set<PublisherBot | ListenerBot>();
  /** Members by room, of rooms that are ours and of others. */
  readonly #members = new Map<string, Set<string>>();
  readonly #ownRooms = new Set<string>();

  constructor(context: RunContext) {
    this.context = context;
  }

  get api(): ApiClient {
    return this.context.api;
  }

  /** A name of this run. */
  nameOf(label: string): string {
    return this.context.prefix + label;
  }

  /**
   * Makes a room.
   * @param options alone: calls have to be able to mean this room; default true
   * @throws ProbeError where the server does not
   * @throws NotApplicableError where calls could not mean it
   */
  async addRoom(
    label: string,
    { alone = true } = {},
  ): Promise<{ readonly room: string; readonly answer: Exchange }> {
    const room = this.nameOf(label);
    if (alone) await requireAlone(this.context, room);
    this.context.leftovers.addRoom(room);
    this.#ownRooms.add(room);
    const answer = requireSuccess(await this.api.manager('add_room', [room]), 'add_room');
    return { room, answer };
  }

  /** Removes a room that the lab made. */
  async removeRoom(room: string): Promise<Exchange> {
    const answer = await this.api.manager('remove_room', [room]);
    if (!isSuccess(answer)) return answer;
    this.context.leftovers.removedRoom(room);
    this.#ownRooms.delete(room);
    this.#members.delete(room);
    return answer;
  }

  /** Adds a member; whether that worked is in the answer. */
  async addMember(
    room: string,
    label: string,
  ): Promise<{ readonly stream: string; readonly answer: Exchange }> {
    const stream = this.nameOf(label);
    this.context.leftovers.addMember(room, stream);
    const members = this.#members.get(room) ?? new Set();
    this.#members.set(room, members.add(stream));
    return { stream, answer: await this.api.room(room, 'add_stream', [stream]) };
  }

  async removeMember(room: string, stream: string): Promise<Exchange> {
    const answer = await this.api.room(room, 'remove_stream', [stream]);
    this.context.leftovers.removedMember(room, stream);
    this.#members.get(room)?.delete(stream);
    return answer;
  }

  /** Adds a member who publishes. @throws ProbeError, BotError */
  async join(room: string, label: string, clip: Clip): Promise<{ stream: string; publisher: PublisherBot }> {
    const { stream, answer } = await this.addMember(room, label);
    requireSuccess(answer, 'add_stream');
    const publisher = await this.context.bots.publish(this.api.streamUrl(stream, 'whip'), clip);
    this.#bots.add(publisher);
    return { stream, publisher };
  }

  /** Listens to a room as the server plays it where no track is asked for. @throws BotError */
  async listen(room: string, video: boolean): Promise<ListenerBot> {
    const listener = await this.context.bots.listen(this.api.streamUrl(room, 'whep'), { video });
    this.#bots.add(listener);
    return listener;
  }

  /** Ends bots, removes members and rooms; a server that refuses a goodbye does not undo what was found. */
  async clear(): Promise<void> {
    await Promise.allSettled([...this.#bots].map((bot) => bot.close()));
    this.#bots.clear();
    for (const [room, members] of this.#members) {
      for (const stream of members) await this.removeMember(room, stream).catch(() => {});
    }
    this.#members.clear();
    for (const room of this.#ownRooms) await this.removeRoom(room).catch(() => {});
    this.#ownRooms.clear();
  }
}

export function isSuccess({ status }: Exchange): boolean {
  return status >= 200 && status < 300;
}

/** @throws ProbeError */
export function requireSuccess(answer: Exchange, what: string): Exchange {
  if (isSuccess(answer)) return answer;
  throw new ProbeError(`${what} is answered ${answer.status} ${answer.body.trim().slice(0, 200)}`);
}
