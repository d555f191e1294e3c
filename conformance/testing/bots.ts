import { pictureClip } from '../bots/picture-clip.ts';
import type { Clip } from '../bots/process/messages.ts';
import { pictureBotCount } from '../bots/signatures/picture-code.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { ApiClient } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { trackIdOf } from '../http/track-id.ts';
import { putStream } from '../run/v3-streams.ts';
import type { Target } from '../targets/target.ts';
import { BotListener, type ChosenTrack } from './bot-listener.ts';
import { type BotPublisher, startPublisher } from './bot-publisher.ts';
import { type BotSound, BotSounds } from './bot-sounds.ts';
import { NumberedNames } from './numbered-names.ts';
import { listed, TestingError } from './testing-error.ts';

/** How a room is made. */
export interface AddRoomOptions {
  /** True: it has a picture of everybody; default false, as `add_room` makes it. */
  readonly picture?: boolean;
}

/** What a bot publishes, and where. */
export interface PublishOptions {
  /** The room that it is added to, made where there is none; missing: it only publishes. */
  readonly room?: string;
  /** Default `tone`. Tones and speech cannot be told apart in one mix, so all bots of a test send one kind. */
  readonly sound?: BotSound;
  /** Highest sample of a tone, in dB of full scale; default -26, so soft that ten of them are not limited. */
  readonly levelDbfs?: number;
  /** True: it has a camera, too; default false. */
  readonly picture?: boolean;
}

/** What a bot listens to. */
export interface ListenOptions {
  /**
   * Name of a member, whose own track has everybody else; the id of a track, `a2`, where no member is called so; or
   * `all`, the default.
   */
  readonly track?: string;
  /** True: it takes the room's picture, too; default false. */
  readonly picture?: boolean;
}

/** Small, so that it is encoded in no time, and its patch is read in a grid of sixteen. */
const camera = { width: 320, height: 180, fps: 10, seconds: 1 };
const timeoutMs = 10_000;

/**
 * Bots for tests: they publish and listen at a server, in the process of the test. What they measure is who is
 * heard and seen, and how loud; never when, for emulator, bots and test share a thread.
 */
export class Bots {
  /** Take any certificate. */
  readonly #insecure: boolean;
  readonly #api: ApiClient;
  readonly #sounds = new BotSounds();
  readonly #pictures = new NumberedNames(pictureBotCount, 'pictures');
  readonly #open = new Set<BotPublisher | BotListener>();
  /** Rooms are made and joined one after the other: members come in the order of the calls. */
  #turn: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(target: Target) {
    this.#insecure = target.insecure;
    this.#api = new ApiClient(target, { timeoutMs });
  }

  /**
   * Makes a room, where there is none of that name.
   * @throws TestingError where the server refuses
   */
  addRoom(room: string, options: AddRoomOptions = {}): Promise<void> {
    return this.#inTurn(() => this.#makeRoom(room, options));
  }

  /**
   * Calls a room as the documentation has it: `command('demo', 'mute-audio', 'alice')`.
   * @returns the answer's JSON
   * @throws TestingError where the server refuses
   */
  async command(room: string, command: string, ...args: readonly string[]): Promise<unknown> {
    return requireSuccess(`${command} of room ${room}`, await this.#api.room(room, command, args)).json;
  }

  /**
   * Publishes a bot, and adds it to a room.
   * @throws TestingError where all signatures are in use, or the server refuses to add it
   * @throws Error where the server does not take what it publishes
   */
  async publish(name: string, options: PublishOptions = {}): Promise<BotPublisher> {
    this.#requireOpen();
    const { room, sound = 'tone', levelDbfs = quietDbfs, picture = false } = options;
    // In the call itself, so that members come in the order of the calls.
    const joining = room === undefined ? undefined : this.#inTurn(() => this.#join(room, name, picture));
    const trackId = await joining;
    const clip = await this.#takeClip(name, sound, levelDbfs, picture);
    const release = () => {
      this.#sounds.release(name, sound);
      if (picture) this.#pictures.release(name);
    };
    const url = this.#api.streamUrl(name, 'whip');
    try {
      const publisher = await startPublisher({ name, trackId, url, clip, insecure: this.#insecure });
      void publisher.ended.then(release);
      return await this.#keep(publisher);
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Listens to a room.
   * @throws TestingError for a track that nobody has
   * @throws Error where the server does not take the listener
   */
  async listen(room: string, { track = 'all', picture = false }: ListenOptions = {}): Promise<BotListener> {
    this.#requireOpen();
    const find = (name: string) => this.#inTurn(() => this.#findTrack(room, name));
    const { trackId, description } = await find(track);
    const query = trackId === undefined ? '' : `?start_track=${picture ? 'v1' : ''}${trackId}`;
    const url = this.#api.streamUrl(room, 'whep', query);
    const bots = { sounds: this.#sounds, pictures: this.#pictures };
    const insecure = this.#insecure;
    return this.#keep(await BotListener.start({ room, description, url, insecure, picture, bots, find }));
  }

  /** Ends all bots, each with a goodbye. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= Promise.allSettled([...this.#open].map((bot) => bot.close())).then(() => {});
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #makeRoom(room: string, { picture = false }: AddRoomOptions): Promise<void> {
    const names = roomNamesOf((await this.#api.manager('list_room', [])).json);
    if (names?.includes(room)) return;
    const made = picture
      ? putStream(this.#api, room, { inputs: [{ url: 'mosaic2://', disable_video: false }] })
      : this.#api.manager('add_room', [room]);
    requireSuccess(`making room ${room}`, await made);
  }

  /** @returns id of the member's track */
  async #join(room: string, name: string, picture: boolean): Promise<string | undefined> {
    await this.#makeRoom(room, { picture });
    return trackIdOf(await this.command(room, 'add_stream', name));
  }

  async #findTrack(room: string, track: string): Promise<ChosenTrack> {
    if (track === 'all') return { trackId: undefined, description: `track all of ${room}` };
    const { clients } = (await this.command(room, 'stat')) as { readonly clients?: readonly string[] };
    if (clients?.includes(track)) {
      // For who is in the room already, this is only a question.
      const trackId = trackIdOf(await this.command(room, 'add_stream', track));
      return { trackId, description: `track ${trackId} of ${room} (everybody but ${track})` };
    }
    if (/^a\d+$/.test(track)) return { trackId: track, description: `track ${track} of ${room}` };
    throw new TestingError(
      `room ${room} has no member ${JSON.stringify(track)}: a track is "all", one of ${listed(clients ?? [])}, or an id as "a2"`,
    );
  }

  async #takeClip(name: string, sound: BotSound, levelDbfs: number, picture: boolean): Promise<Clip> {
    const clip = this.#sounds.take(name, sound, levelDbfs);
    if (!picture) return clip;
    try {
      const { video } = await pictureClip({ bot: this.#pictures.take(name), ...camera });
      return { ...clip, ...(video && { video }) };
    } catch (error) {
      this.#sounds.release(name, sound);
      throw error;
    }
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) throw new TestingError('the bots have been closed');
  }

  /** Ends what has come about while the others were ended. */
  async #keep<Bot extends BotPublisher | BotListener>(bot: Bot): Promise<Bot> {
    if (this.#closing !== undefined) await bot.close();
    this.#requireOpen();
    this.#open.add(bot);
    void bot.ended.then(() => this.#open.delete(bot));
    return bot;
  }
}

/** @param what has been asked for, for the message */
function requireSuccess(what: string, answer: Exchange): Exchange {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new TestingError(`${what} is refused: ${answer.status} ${answer.body.trim()}`);
}
