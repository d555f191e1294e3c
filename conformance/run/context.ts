import { setMaxListeners } from 'node:events';
import { BotHost } from '../bots/bot-host.ts';
import type { SignallingWish } from '../bots/process/messages.ts';
import type { SignallingKind } from '../bots/webrtc/session.ts';
import { ApiClient, type RoomReading } from '../http/api-client.ts';
import { prefixOf, trackIdOf } from '../http/track-id.ts';
import type { Target } from '../targets/target.ts';
import { NotApplicableError } from './clause.ts';
import { Leftovers } from './leftovers.ts';
import { runPrefix } from './run-prefix.ts';
import { Witnessed } from './witnessed.ts';

/** A piece of work whose result several clauses look at; it is done once in a run, when first needed. */
export interface Scenario<T> {
  readonly name: string;
  play(context: RunContext): Promise<T>;
}

/** For what is removed at the end: a server that hangs does not hold up the end of a run for long. */
const cleanUpTimeoutMs = 5000;

/** Why some things cannot be measured where a room is not addressed by its name. */
export const onlyRoomText = 'calls go to the path …/room, which means the only room there is';

/** What clauses work with. */
export class RunContext {
  readonly target: Target;
  readonly seed: number;
  /** Stands before every name the run makes on the server, so that nothing of others is touched. */
  readonly prefix: string;
  /** Aborts when the run ends, early or not: whatever a clause still does then is in vain. */
  readonly signal: AbortSignal;
  readonly api: ApiClient;
  /** What the run has made on the server and has to remove at the end. */
  readonly leftovers: Leftovers;
  readonly #ending = new AbortController();
  /** By room: who is the last to have asked for it. */
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #played = new Map<Scenario<unknown>, { result: Promise<unknown>; witnessed: Witnessed }>();
  #signalling: SignallingWish;
  #reading: RoomReading;
  #trackOfAll: string | undefined = 'a1';
  #bots: BotHost | undefined;
  #closing: Promise<void> | undefined;

  /** @param signal ends the run early; what was made is removed by `close` all the same */
  constructor(target: Target, seed: number, signal?: AbortSignal) {
    this.target = target;
    this.seed = seed;
    this.#signalling = target.signalling ?? 'auto';
    this.#reading = target.reading ?? 'by-name';
    this.prefix = `${target.prefix ?? ''}${runPrefix()}`;
    this.signal = this.#ending.signal;
    // Every call of every clause listens to it for a while.
    setMaxListeners(0, this.signal);
    this.api = new ApiClient(target, {
      signal: this.signal,
      onExchange: (call) => Witnessed.current?.addCall(call),
    });
    this.leftovers = new Leftovers(new ApiClient(target, { timeoutMs: cleanUpTimeoutMs }));
    const end = () => this.#ending.abort();
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true, signal: this.signal });
  }

  /**
   * Which of several signatures the member of that number gets: all different, and others for another seed,
   * so that no server passes because of what one voice happens to be.
   */
  pick(member: number, signatures: number): number {
    return (member + this.seed) % signatures;
  }

  /** How the bots of the run agree on their sessions; `auto`: the first of them finds out. */
  get signalling(): SignallingWish {
    return this.#signalling;
  }

  /** Settles how all bots of the run agree on their sessions; to be called before the first one is started. */
  agreeBy(signalling: SignallingKind): void {
    this.#signalling = signalling;
  }

  /** Which room the path of a call means. */
  get reading(): RoomReading {
    return this.#reading;
  }

  /** Settles which room the path of a call means; until then it is the one of that name. */
  readRoomsAs(reading: RoomReading): void {
    this.#reading = reading;
    this.api.readRoomsAs(reading);
    this.leftovers.readRoomsAs(reading);
  }

  /**
   * For what looks at several rooms at once.
   * @throws NotApplicableError where a call can only mean the only room there is
   */
  requireRoomsByName(): void {
    if (this.#reading === 'by-name') return;
    throw new NotApplicableError(`it needs several rooms at once, and ${onlyRoomText}`);
  }

  /** Id of the track in which everybody is heard; undefined: nobody knows, and whoever asks for none gets it. */
  get trackOfAll(): string | undefined {
    return this.#trackOfAll;
  }

  /** Settles how everybody is asked for; until then it is `a1`. */
  hearAllIn(trackId: string | undefined): void {
    this.#trackOfAll = trackId;
  }

  /** The track’s id in an answer to a call on a room; a bare number gets the prefix that the track of everybody has. */
  trackIdOf(json: unknown): string | undefined {
    return trackIdOf(json, prefixOf(this.#trackOfAll ?? ''));
  }

  /**
   * For clauses that look at the answers of WHIP and WHEP themselves, whatever the bots do.
   * @throws NotApplicableError where sessions are agreed on in another way
   */
  requireWhip(): void {
    if (this.#signalling === 'websocket') {
      throw new NotApplicableError('it is about WHIP and WHEP, and this run is made over WebSocket');
    }
  }

  /**
   * Bots are started when the first clause needs them.
   * @throws Error once the run has ended
   */
  get bots(): BotHost {
    this.#requireOpen();
    if (this.#bots === undefined) {
      this.#bots = new BotHost({ ...this.target, signalling: this.#signalling });
      this.#bots.onSession = (session) => Witnessed.current?.addSession(session);
    }
    return this.#bots;
  }

  /**
   * The result of a scenario, which is played once however many clauses use it.
   * @throws Error once the run has ended
   */
  use<T>(scenario: Scenario<T>): Promise<T> {
    this.#requireOpen();
    let played = this.#played.get(scenario);
    if (played === undefined) {
      const witnessed = new Witnessed();
      played = { result: witnessed.during(() => scenario.play(this)), witnessed };
      this.#played.set(scenario, played);
    }
    // What is said in it belongs to every clause that looks at it.
    Witnessed.current?.include(played.witnessed);
    return played.result as Promise<T>;
  }

  /** Does something in a room that others of the run use as well, when they have finished with it. */
  async takeTurns<T>(room: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(room);
    const turn = (async () => {
      await before?.catch(() => {});
      this.#requireOpen();
      return work();
    })();
    this.#turns.set(room, turn);
    return turn;
  }

  /** Ends what still runs, removes what the run has made, and ends the bots. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#ending.abort();
    this.leftovers.close();
    await this.leftovers.removePatiently();
    await this.#bots?.close();
    await this.leftovers.removeStreams();
  }

  #requireOpen(): void {
    if (this.signal.aborted) throw new Error('the run has ended');
  }
}
