import { setTimeout as delay } from 'node:timers/promises';
import { type BotPicture, botClip } from '../bots/bot-clip.ts';
import { BotError, BotHost, type PublisherBot } from '../bots/bot-host.ts';
import type { Clip, SignallingWish } from '../bots/process/messages.ts';
import type { TurnServer } from '../bots/turn-server.ts';
import { ApiClient, literalRoom } from '../http/api-client.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { clientsOf, isStat } from '../http/stat-answer.ts';
import { trackIdOf } from '../http/track-id.ts';
import { preflight } from '../preflight/preflight.ts';
import type { Shard } from '../shard/split.ts';
import { urlTarget } from '../targets/url.ts';
import { exitCodeOf } from './exit-code.ts';
import { botsOfShard } from './share.ts';

export interface RunBotsOptions {
  readonly target: string;
  /** Take any certificate; default false. */
  readonly insecure?: boolean;
  /** How they agree on their sessions; default `auto`. */
  readonly signalling?: SignallingWish;
  /** A TURN server that their media goes through, as `--turn` has it; missing: none. */
  readonly turn?: string;
  readonly room: string;
  /** How many, in all processes together. */
  readonly count: number;
  /** Which of several processes this is; missing: the only one. */
  readonly shard?: Shard;
  /** Missing: until `signal`. */
  readonly seconds?: number;
  readonly sound: 'tones' | 'speech';
  /** They have a camera, too; true is `painted`. */
  readonly picture?: boolean | BotPicture;
  /** Highest sample of a tone, in dBFS. */
  readonly level: number;
}

/**
 * Lets bots publish in a room: each adds itself by the API, and at the end removes itself again.
 * @returns the exit code: 0, or 2 where it could not be done
 */
export function runBots(options: RunBotsOptions, signal: AbortSignal): Promise<number> {
  return exitCodeOf(async () => {
    const numbers = botsOfShard(options.count, options.shard ?? { index: 1, count: 1 });
    const target = urlTarget(options.target, options);
    await preflight(target, signal);
    const bots = new RoomBots(new ApiClient(target, { timeoutMs: 10_000 }), {
      room: options.room,
      insecure: target.insecure,
      turn: target.turn,
      signalling: options.signalling ?? 'auto',
      shared: options.shard !== undefined,
    });
    try {
      await bots.prepareRoom();
      for (const bot of numbers) {
        if (signal.aborted) break;
        const { name, clip } = await botClip(bot, {
          sound: options.sound,
          levelDbfs: options.level,
          picture: options.picture === true ? 'painted' : options.picture || undefined,
        });
        console.log(await bots.join(`${options.room}-bot-${bot + 1}`, name, clip));
      }
      await until(signal, options.seconds);
    } finally {
      await bots.close();
    }
  }, signal);
}

/** Waits for so many seconds, or without them for ever, but no longer than until `signal`. */
async function until(signal: AbortSignal, seconds: number | undefined): Promise<void> {
  const ms = seconds === undefined ? maxTimerMs : Math.min(seconds * 1000, maxTimerMs);
  await delay(ms, undefined, { signal }).catch(() => {});
}

const maxTimerMs = 2 ** 31 - 1;

/** The bots of one room, and what has to be undone at the end. */
class RoomBots {
  readonly #api: ApiClient;
  readonly #room: string;
  readonly #host: BotHost;
  /** Bots of other processes may be in it. */
  readonly #shared: boolean;
  readonly #joined = new Map<string, PublisherBot | undefined>();
  #madeRoom = false;

  constructor(api: ApiClient, { room, insecure, signalling, turn, shared }: RoomBotsOptions) {
    this.#api = api;
    this.#room = room;
    this.#shared = shared;
    this.#host = new BotHost({ insecure, signalling, turn });
  }

  /** Makes it where it is not there, and finds out by which path it is called. */
  async prepareRoom(): Promise<void> {
    const others = await this.#makeRoom();
    if (isStat(await this.#api.room(this.#room, 'stat', []))) return;
    // Where no name is understood, the documented word may mean the only room there is.
    if (others === 0 && isStat(await this.#api.roomAt(literalRoom, 'stat', [])))
      this.#api.readRoomsAs('only-room');
  }

  /** @returns how many other rooms there are; undefined where nobody knows */
  async #makeRoom(): Promise<number | undefined> {
    const listed = await this.#api.manager('list_room', []);
    const names = roomNamesOf(listed.json);
    const others = names?.filter((name) => name !== this.#room).length;
    if (names?.includes(this.#room)) return others;
    const made = await this.#api.manager('add_room', [this.#room]);
    if (made.status >= 300) throw new BotError(`add_room answered ${made.status} ${made.body.trim()}`);
    // Where the list cannot be understood, it may be somebody else's room.
    this.#madeRoom = names !== undefined;
    return others;
  }

  /** @returns a line for the console */
  async join(stream: string, sound: string, clip: Clip): Promise<string> {
    // Before the call: one that is not answered may have been carried out.
    this.#joined.set(stream, undefined);
    const added = await this.#api.room(this.#room, 'add_stream', [stream]);
    if (added.status >= 300) throw new BotError(`add_stream answered ${added.status} ${added.body.trim()}`);
    this.#joined.set(stream, await this.#host.publish(this.#api.streamUrl(stream, 'whip'), clip));
    const over = this.#host.signalling === 'websocket' ? ' over WebSocket' : '';
    return `${stream} sends ${sound}${over}; everybody else is in its track ${trackIdOf(added.json)}`;
  }

  async close(): Promise<void> {
    // What has gone already, the server or the stream, needs no goodbye.
    const leaving = [...this.#joined].map(async ([stream, publisher]) => {
      await this.#api.room(this.#room, 'remove_stream', [stream]).catch(() => {});
      await publisher?.close().catch(() => {});
    });
    await Promise.all(leaving);
    if (this.#madeRoom && !(await this.#isInUse()))
      await this.#api.manager('remove_room', [this.#room]).catch(() => {});
    await this.#host.close();
  }

  /** Whether bots of other processes are in the room still. */
  async #isInUse(): Promise<boolean> {
    if (!this.#shared) return false;
    const stat = await this.#api.room(this.#room, 'stat', []).catch(() => undefined);
    return clientsOf(stat?.json)?.some((name) => name !== 'all') === true;
  }
}

interface RoomBotsOptions {
  readonly room: string;
  /** Take any certificate. */
  readonly insecure: boolean;
  readonly signalling: SignallingWish;
  readonly turn: TurnServer | undefined;
  readonly shared: boolean;
}
