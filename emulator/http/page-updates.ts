import type { Room } from '../rooms/types.ts';
import { pageLevels, pageState } from './page-state.ts';
import type { RoomLevels, RoomMeter } from './room-meter.ts';
import type { Services } from './services.ts';

/** Somebody who reads updates. */
export interface UpdateSink {
  /** False: it has not taken yet what was sent before. */
  readonly isReady: boolean;
  send(event: 'state' | 'levels', json: string): void;
  end(): void;
}

export interface PageUpdatesOptions {
  readonly needsEditAuth: boolean;
  readonly onError: (error: unknown) => void;
  /** Default 100. */
  readonly levelsEveryMs?: number;
}

interface Watcher {
  readonly sink: UpdateSink;
  readonly room: string | undefined;
  /** Something was left out since it last got the state. */
  needsState: boolean;
  /** Ticks in a row in which it took nothing. */
  ticksBehind: number;
}

/** Ticks between two states of which nothing but counters differs: a second. */
const stateEveryTicks = 10;
/** Who takes nothing for so many ticks is given up: half a minute. */
const maxTicksBehind = 300;

/**
 * Tells the pages that are open what goes on: levels ten times a second, the state once a second and whenever
 * a room changes. Nothing is measured or computed while nobody watches. Who reads slowly misses levels, and
 * has the state made up for; nothing is kept for anybody.
 */
export class PageUpdates {
  readonly #services: Services;
  readonly #options: PageUpdatesOptions;
  readonly #watchers = new Set<Watcher>();
  /** By room, for the rooms that are watched. */
  readonly #meters = new Map<string, RoomMeter>();
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  /** To find out that something has changed: rooms that have are new objects. */
  #seen: readonly (Room | string)[] = [];

  constructor(services: Services, options: PageUpdatesOptions) {
    this.#services = services;
    this.#options = options;
  }

  get watcherCount(): number {
    return this.#watchers.size;
  }

  /**
   * Sends the state at once and updates from then on. Never throws: where the state cannot be told, it is tried
   * again with the updates.
   * @param room only this one; missing: all
   * @returns ends it; idempotent
   */
  watch(sink: UpdateSink, room?: string): () => void {
    const watcher: Watcher = { sink, room, needsState: true, ticksBehind: 0 };
    this.#watchers.add(watcher);
    try {
      sink.send('state', this.#state(room));
      watcher.needsState = false;
    } catch (error) {
      this.#options.onError(error);
    }
    if (this.#timer === undefined) {
      this.#timer = setInterval(() => this.#safeTick(), this.#options.levelsEveryMs ?? 100);
      this.#timer.unref();
    }
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#rest();
    };
  }

  /** Ends all. Idempotent. */
  close(): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    this.#rest();
    for (const { sink } of watchers) sink.end();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const meter of this.#meters.values()) meter.close();
    this.#meters.clear();
  }

  #safeTick(): void {
    try {
      if (this.#services.isClosing) this.close();
      else this.#tick();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #tick(): void {
    this.#ticks += 1;
    const isDue = this.#hasChanged() || this.#ticks % stateEveryTicks === 0;
    const measured = this.#measure();
    const states = new Map<string | undefined, string>();
    const levels = new Map<string | undefined, string>();
    for (const watcher of [...this.#watchers]) {
      const { sink, room } = watcher;
      watcher.needsState ||= isDue;
      if (!sink.isReady) {
        watcher.ticksBehind += 1;
        if (watcher.ticksBehind > maxTicksBehind) sink.end();
        continue;
      }
      watcher.ticksBehind = 0;
      if (watcher.needsState) {
        // Written once for all who watch the same.
        if (!states.has(room)) states.set(room, this.#state(room));
        sink.send('state', states.get(room)!);
        watcher.needsState = false;
      }
      if (!levels.has(room)) levels.set(room, this.#levels(room, measured));
      sink.send('levels', levels.get(room)!);
    }
  }

  #state(room: string | undefined): string {
    return JSON.stringify(pageState(this.#services, { needsEditAuth: this.#options.needsEditAuth, room }));
  }

  #levels(room: string | undefined, measured: ReadonlyMap<string, RoomLevels>): string {
    const rooms = [...measured].filter(([name]) => room === undefined || name === room);
    return JSON.stringify(pageLevels(new Map(rooms), this.#services.profile.answers.audioTrackPrefix));
  }

  #hasChanged(): boolean {
    const seen = this.#services.streams().flatMap(({ name, alive, room }) => room ?? (alive ? name : []));
    const isSame = seen.length === this.#seen.length && seen.every((one, at) => one === this.#seen[at]);
    this.#seen = seen;
    return !isSame;
  }

  /** Opens meters of rooms that are watched from now on, and closes those of rooms that are no more. */
  #measure(): Map<string, RoomLevels> {
    const watched = new Set([...this.#watchers].map(({ room }) => room));
    const isWatched = (name: string) => watched.has(undefined) || watched.has(name);
    const names = this.#services.streams().flatMap(({ name, room }) => (room && isWatched(name) ? name : []));
    for (const [name, meter] of this.#meters) {
      if (names.includes(name)) continue;
      meter.close();
      this.#meters.delete(name);
    }
    const levels = new Map<string, RoomLevels>();
    for (const name of names) {
      const read = this.#read(name);
      if (read !== undefined) levels.set(name, read);
    }
    return levels;
  }

  /** A room that was removed and made again has another meter. */
  #read(name: string): RoomLevels | undefined {
    const read = this.#meters.get(name)?.read();
    if (read !== undefined) return read;
    this.#meters.get(name)?.close();
    this.#meters.delete(name);
    const meter = this.#services.openMeter(name);
    if (meter === undefined) return undefined;
    this.#meters.set(name, meter);
    return meter.read();
  }
}
