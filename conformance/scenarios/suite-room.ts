import type { ListenerBot, PublisherBot } from '../bots/bot-host.ts';
import type { Clip } from '../bots/process/messages.ts';
import type { SignallingKind } from '../bots/webrtc/session.ts';
import type { Exchange } from '../http/exchange.ts';
import { NotApplicableError } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { requireAlone, roomInstead } from './only-room.ts';
import { answerText, isRefusal, isSuccess } from './text.ts';

/** Whose turn it is in the only room there is, whatever its name: no room has this one. */
const onlyRoom = '';

/** The server did not do what a measurement needs: nothing can be said of the clause itself. */
export class PreparationError extends Error {
  override readonly name = 'PreparationError';
}

/** The server does not take a member, such as one more than it permits. */
export class MemberRefusedError extends PreparationError {
  readonly answer: Exchange;

  constructor(answer: Exchange) {
    super(refusalText(answer));
    this.answer = answer;
  }

  /** False: it refuses for another reason than that the room is full. */
  get mayBeFull(): boolean {
    const { status } = this.answer;
    return status === 507 || (isRefusal(this.answer) && ![401, 403, 404].includes(status));
  }
}

/** What is told of a server that takes so many members and no more. */
export function limitText(members: number, { answer }: MemberRefusedError): string {
  return `a room takes no more than ${members}: add_stream is answered ${answerText(answer)}`;
}

/** Who has joined until the server took no more. */
export interface Joined {
  readonly members: readonly SuiteMember[];
  /** Why the next one was not taken; missing where all were. */
  readonly refused?: MemberRefusedError;
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

/** A room for one scenario. It knows all members and bots that were made through it, and ends them with itself. */
export class SuiteRoom {
  readonly name: string;
  readonly #context: RunContext;
  /** True: the room was made by the suite, and goes with the scenario. */
  readonly #own: boolean;
  /** Of all members that may have been added. */
  readonly #streams = new Set<string>();
  /** Of those that are there. */
  readonly #present = new Set<string>();
  /** How many were there at the same time. */
  #mostPresent = 0;
  readonly #bots = new Set<PublisherBot | ListenerBot>();
  #closed = false;

  private constructor(name: string, context: RunContext, own: boolean) {
    this.name = name;
    this.#context = context;
    this.#own = own;
  }

  /**
   * Makes a room, works in it, and removes it with everything in it, however the work ends. Where a call can only mean the
   * only room there is, several take turns, and a room that is there already is used instead.
   * @param opus `bitrate`, `samplerate` and `samples` as `add_room` takes them, or none of them; missing: any room will do
   * @throws PreparationError where the server does not make it
   * @throws NotApplicableError where it has rooms already in which nothing can be called
   */
  static async use<T>(
    context: RunContext,
    label: string,
    work: (room: SuiteRoom) => Promise<T>,
    opus?: readonly string[],
  ): Promise<T> {
    if (context.reading === 'by-name') return SuiteRoom.#make(context, label, work, opus);
    return context.takeTurns(onlyRoom, async () => {
      const instead = await roomInstead(context, opus === undefined);
      if (instead !== undefined) return SuiteRoom.useExisting(context, instead, work);
      return SuiteRoom.#make(context, label, work, opus);
    });
  }

  static async #make<T>(
    context: RunContext,
    label: string,
    work: (room: SuiteRoom) => Promise<T>,
    opus: readonly string[] = [],
  ): Promise<T> {
    const room = new SuiteRoom(context.prefix + label, context, true);
    context.leftovers.addRoom(room.name);
    // What comes of a call that fails is removed at the end.
    await requireSuccess(context.api.manager('add_room', [room.name, ...opus]));
    try {
      return await work(room);
    } finally {
      await room.#close();
    }
  }

  /**
   * The same in a room that is there already, by configuration, and stays; several take turns in it.
   * @throws NotApplicableError where a call cannot mean it
   */
  static useExisting<T>(
    context: RunContext,
    name: string,
    work: (room: SuiteRoom) => Promise<T>,
  ): Promise<T> {
    return context.takeTurns(name, () => SuiteRoom.visit(context, name, work));
  }

  /** The same for who has the room to itself already. */
  static async visit<T>(
    context: RunContext,
    name: string,
    work: (room: SuiteRoom) => Promise<T>,
  ): Promise<T> {
    await requireAlone(context, name);
    const room = new SuiteRoom(name, context, false);
    try {
      return await work(room);
    } finally {
      await room.#close();
    }
  }

  /** A stream's full name. */
  streamOf(label: string): string {
    return `${this.#context.prefix}${this.name.replace(this.#context.prefix, '').replaceAll('/', '-')}-${label}`;
  }

  /** Calls the room and wants success. */
  async command(command: string, args: readonly string[]): Promise<Exchange> {
    return requireSuccess(this.#context.api.room(this.name, command, args));
  }

  /** Adds a member and lets it publish a clip. @throws as `joinAll` */
  async join(label: string, clip: Clip): Promise<SuiteMember> {
    return (await this.joinAll([[label, clip]]))[0]!;
  }

  /**
   * Adds members in this order, and lets all of them publish at the same time.
   * @throws NotApplicableError where the server permits fewer members in a room, and a room it is all the same
   * @throws PreparationError where it does not take all of them though it permits so many
   */
  async joinAll(clips: Iterable<readonly [label: string, clip: Clip]>): Promise<readonly SuiteMember[]> {
    const { members, refused } = await this.joinWhileTaken(clips);
    if (refused === undefined) return members;
    const there = this.#present.size;
    // With fewer than there were before, a place was not given free; and one alone is no room.
    if (!refused.mayBeFull || there < this.#mostPresent || there < 2) throw refused;
    throw new NotApplicableError(`it needs more members, and ${limitText(there, refused)}`);
  }

  /** The same, but for those whom the server does not take any more. */
  async joinWhileTaken(clips: Iterable<readonly [label: string, clip: Clip]>): Promise<Joined> {
    const coming: Promise<SuiteMember>[] = [];
    let refused: MemberRefusedError | undefined;
    for (const [label, clip] of clips) {
      const added = await this.add(label).catch((error: unknown) => {
        if (!(error instanceof MemberRefusedError)) throw error;
        refused = error;
      });
      if (added === undefined) break;
      const member = this.publish(added.stream, clip).then((publisher) => ({ label, ...added, publisher }));
      // A failure is told below, when all have been added.
      member.catch(() => {});
      coming.push(member);
    }
    const members = await Promise.all(coming);
    return { members, ...(refused !== undefined && { refused }) };
  }

  /**
   * Adds a member who does not publish yet.
   * @throws MemberRefusedError where the server does not take it
   */
  async add(label: string): Promise<Pick<SuiteMember, 'stream' | 'trackId'>> {
    const stream = this.streamOf(label);
    // Before the call: one that is not answered may have been carried out.
    this.#streams.add(stream);
    this.#context.leftovers.addMember(this.name, stream);
    const answer = await this.#context.api.room(this.name, 'add_stream', [stream]);
    if (!isSuccess(answer)) throw new MemberRefusedError(answer);
    this.#present.add(stream);
    this.#mostPresent = Math.max(this.#mostPresent, this.#present.size);
    const trackId = this.#context.trackIdOf(answer.json);
    if (trackId === undefined) throw new PreparationError(`add_stream answered ${answer.body.trim()}`);
    return { stream, trackId };
  }

  publish(stream: string, clip: Clip): Promise<PublisherBot> {
    return this.#keep(this.#context.bots.publish(this.#context.api.streamUrl(stream, 'whip'), clip));
  }

  /** Takes a member out of the room. Its publisher goes on: nobody may be gone only because it fell silent. */
  async remove({ stream }: SuiteMember): Promise<void> {
    await this.command('remove_stream', [stream]);
    this.#streams.delete(stream);
    this.#present.delete(stream);
    this.#context.leftovers.removedMember(this.name, stream);
  }

  /**
   * @param trackId `a3`; missing: whatever the server plays by default
   * @param signalling default: that of the run
   */
  listen(trackId?: string, signalling?: SignallingKind): Promise<ListenerBot> {
    const query = trackId === undefined ? '' : `?start_track=${encodeURIComponent(trackId)}`;
    return this.#keep(
      this.#context.bots.listen(this.#context.api.streamUrl(this.name, 'whep', query), { signalling }),
    );
  }

  /** Listens to everybody. @param picture asks for the grid as well; without it, it comes where the server says so */
  listenToAll({ picture = false } = {}): Promise<ListenerBot> {
    const { trackOfAll } = this.#context;
    return this.listen(picture && trackOfAll !== undefined ? `v1${trackOfAll}` : trackOfAll);
  }

  async #keep<Bot extends PublisherBot | ListenerBot>(coming: Promise<Bot>): Promise<Bot> {
    const bot = await coming;
    this.#bots.add(bot);
    if (!this.#closed) return bot;
    // One that has not come in time, when another one failed.
    await bot.close().catch(() => {});
    throw new PreparationError('the room is closed');
  }

  /** A server that refuses a goodbye does not undo what was measured; what is not removed is tried again at the end. */
  async #close(): Promise<void> {
    this.#closed = true;
    // One after the other: many at once would disturb what is measured in other rooms.
    for (const bot of this.#bots) await bot.close().catch(() => {});
    const { api, leftovers } = this.#context;
    for (const stream of this.#streams) {
      if (await isDone(api.room(this.name, 'remove_stream', [stream])))
        leftovers.removedMember(this.name, stream);
    }
    if (!this.#own) return;
    if (await isDone(api.manager('remove_room', [this.name]))) leftovers.removedRoom(this.name);
  }
}

async function isDone(call: Promise<Exchange>): Promise<boolean> {
  return call.then(isSuccess, () => false);
}

async function requireSuccess(call: Promise<Exchange>): Promise<Exchange> {
  const answer = await call;
  if (isSuccess(answer)) return answer;
  throw new PreparationError(refusalText(answer));
}

function refusalText({ evidence: { requestBody, url }, status, body }: Exchange): string {
  return `${requestBody} at ${url} answered ${status} ${body.trim()}`;
}
