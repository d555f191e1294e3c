import type { ListenerBot, PublisherBot } from '../../bots/bot-host.ts';
import type { Clip } from '../../bots/process/messages.ts';
import type { Exchange } from '../../http/exchange.ts';
import { trackIdOf } from '../../http/track-id.ts';
import type { RunContext } from '../../run/context.ts';

/** The server did not do what a measurement needs: nothing can be said of the clause itself. */
export class PreparationError extends Error {
  override readonly name = 'PreparationError';
}

/** A member that the suite has put into a room, and its publisher. */
export interface SuiteMember {
  /** `alice`: how it is called in reports. */
  readonly label: string;
  readonly stream: string;
  /** `a3`. */
  readonly trackId: string;
  publisher: PublisherBot;
}

/** A room that exists for one scenario, with its members and listeners. */
export class SuiteRoom {
  readonly name: string;
  readonly #context: RunContext;

  private constructor(name: string, context: RunContext) {
    this.name = name;
    this.#context = context;
  }

  /**
   * Makes a room.
   * @param opus `bitrate`, `samplerate` and `samples` as `add_room` takes them
   * @throws PreparationError where the server does not make it
   */
  static async create(context: RunContext, label: string, opus: readonly string[] = []): Promise<SuiteRoom> {
    const room = new SuiteRoom(context.prefix + label, context);
    context.leftovers.addRoom(room.name);
    await requireSuccess(context.api.manager('add_room', [room.name, ...opus]));
    return room;
  }

  /** A room that is there already, by configuration. */
  static existing(context: RunContext, name: string): SuiteRoom {
    return new SuiteRoom(name, context);
  }

  /** A stream's full name. */
  streamOf(label: string): string {
    return `${this.name.replaceAll('/', '-')}-${label}`;
  }

  /** Calls the room and wants success. */
  async command(command: string, args: readonly string[]): Promise<Exchange> {
    return requireSuccess(this.#context.api.room(this.name, command, args));
  }

  /** Adds a member and lets it publish a clip. */
  async join(label: string, clip: Clip): Promise<SuiteMember> {
    const stream = this.streamOf(label);
    this.#context.leftovers.addMember(this.name, stream);
    const answer = await this.command('add_stream', [stream]);
    const trackId = trackIdOf(answer.json);
    if (trackId === undefined) throw new PreparationError(`add_stream answered ${answer.body.trim()}`);
    const publisher = await this.publish(stream, clip);
    return { label, stream, trackId, publisher };
  }

  publish(stream: string, clip: Clip): Promise<PublisherBot> {
    return this.#context.bots.publish(this.#context.api.streamUrl(stream, 'whip'), clip);
  }

  /** Takes a member out of the room, and ends its publisher. */
  async leave(member: SuiteMember): Promise<void> {
    await this.command('remove_stream', [member.stream]);
    this.#context.leftovers.removedMember(this.name, member.stream);
    await member.publisher.close();
  }

  /** @param trackId `a3`; missing: whatever the server plays by default */
  listen(trackId?: string): Promise<ListenerBot> {
    const query = trackId === undefined ? '' : `?start_track=${trackId}`;
    return this.#context.bots.listen(this.#context.api.streamUrl(this.name, 'whep', query));
  }

  /** Removes the room with all its members, and ends their publishers and the listeners. */
  async close(members: readonly SuiteMember[], listeners: readonly ListenerBot[]): Promise<void> {
    await Promise.all(listeners.map((listener) => listener.close()));
    await Promise.all(members.map((member) => member.publisher.close()));
    for (const { stream } of members) await this.#context.api.room(this.name, 'remove_stream', [stream]);
    await this.#context.api.manager('remove_room', [this.name]);
    this.#context.leftovers.removedRoom(this.name);
  }
}

async function requireSuccess(call: Promise<Exchange>): Promise<Exchange> {
  const answer = await call;
  if (answer.status >= 200 && answer.status < 300) return answer;
  const { requestBody, url } = answer.evidence;
  throw new PreparationError(`${requestBody} at ${url} answered ${answer.status} ${answer.body.trim()}`);
}
