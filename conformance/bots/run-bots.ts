import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from '../http/api-client.ts';
import { trackIdOf } from '../http/track-id.ts';
import { preflight } from '../run/preflight.ts';
import { TargetError, urlTarget } from '../targets/url.ts';
import { botClip } from './bot-clip.ts';
import { BotError, BotHost, type PublisherBot } from './bot-host.ts';
import type { Clip } from './process/messages.ts';

export interface RunBotsOptions {
  readonly target: string;
  readonly room: string;
  readonly count: number;
  /** Missing: until `signal`. */
  readonly seconds?: number;
  readonly sound: 'tones' | 'speech';
  /** Highest sample of a tone, in dBFS. */
  readonly level: number;
}

/**
 * Lets bots publish in a room: each adds itself by the API, and at the end removes itself again.
 * @returns the exit code: 0, or 2 where it could not be done
 */
export async function runBots(options: RunBotsOptions, signal: AbortSignal): Promise<number> {
  let bots: RoomBots | undefined;
  try {
    const target = urlTarget(options.target);
    await preflight(target);
    bots = new RoomBots(new ApiClient(target), options.room, new BotHost(target.insecure));
    await bots.prepareRoom();
    for (let bot = 0; bot < options.count && !signal.aborted; bot += 1) {
      const { name, clip } = botClip(bot, options.sound, options.level);
      console.log(await bots.join(`${options.room}-bot-${bot + 1}`, name, clip));
    }
    await delay(options.seconds === undefined ? 2 ** 31 - 1 : options.seconds * 1000, undefined, {
      signal,
    }).catch(() => {});
    return 0;
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof BotError || error instanceof RoomCallError))
      throw error;
    console.error(error.message);
    return 2;
  } finally {
    await bots?.close();
  }
}

class RoomCallError extends Error {
  override readonly name = 'RoomCallError';
}

interface JoinedBot {
  readonly stream: string;
  publisher: PublisherBot | undefined;
}

/** The bots of one room, and what has to be undone at the end. */
class RoomBots {
  readonly #api: ApiClient;
  readonly #room: string;
  readonly #host: BotHost;
  readonly #joined: JoinedBot[] = [];
  #madeRoom = false;

  constructor(api: ApiClient, room: string, host: BotHost) {
    this.#api = api;
    this.#room = room;
    this.#host = host;
  }

  async prepareRoom(): Promise<void> {
    const listed = await this.#api.manager('list_room', []);
    if (listed.body.includes(JSON.stringify(this.#room))) return;
    const made = await this.#api.manager('add_room', [this.#room]);
    if (made.status >= 300) throw new RoomCallError(`add_room answered ${made.status} ${made.body.trim()}`);
    this.#madeRoom = true;
  }

  /** @returns a line for the console */
  async join(stream: string, sound: string, clip: Clip): Promise<string> {
    const added = await this.#api.room(this.#room, 'add_stream', [stream]);
    if (added.status >= 300)
      throw new RoomCallError(`add_stream answered ${added.status} ${added.body.trim()}`);
    const joined: JoinedBot = { stream, publisher: undefined };
    this.#joined.push(joined);
    joined.publisher = await this.#host.publish(this.#api.streamUrl(stream, 'whip'), clip);
    return `${stream} sends ${sound}; everybody else is in its track ${trackIdOf(added.json)}`;
  }

  async close(): Promise<void> {
    for (const { stream, publisher } of this.#joined) {
      // What has gone already, the server or the stream, needs no goodbye.
      await this.#api.room(this.#room, 'remove_stream', [stream]).catch(() => {});
      await publisher?.close().catch(() => {});
    }
    if (this.#madeRoom) await this.#api.manager('remove_room', [this.#room]).catch(() => {});
    await this.#host.close();
  }
}
