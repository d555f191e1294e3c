import { setTimeout as after } from 'node:timers/promises';
import type { ApiClient, RoomReading } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import { isUnavailable } from '../http/unavailable.ts';
import { deleteStream, streamNames } from './v3-streams.ts';

/** A gateway, or a network, is away for a moment mostly; who ends a run waits for no more. */
const patienceMs = 5000;
const pauseMs = 500;

interface Leftover {
  /** False: it was there before the run, and stays. */
  ours: boolean;
  readonly streams: Set<string>;
}

/** Rooms, members and streams that exist on the server because of this run. */
export class Leftovers {
  readonly #api: ApiClient;
  readonly #rooms = new Map<string, Leftover>();
  /** Every stream that add_stream was called with, whether it is a member still or not. */
  readonly #made = new Set<string>();
  #closed = false;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  /**
   * Before a room is made.
   * @throws Error after `close`
   */
  addRoom(room: string): void {
    this.#leftover(room).ours = true;
  }

  /**
   * Before a member is added. The room itself is removed at the end only where `addRoom` was called for it.
   * @throws Error after `close`
   */
  addMember(room: string, stream: string): void {
    this.#leftover(room).streams.add(stream);
    this.#made.add(stream);
  }

  /** Settles how rooms are addressed. */
  readRoomsAs(reading: RoomReading): void {
    this.#api.readRoomsAs(reading);
  }

  removedMember(room: string, stream: string): void {
    this.#rooms.get(room)?.streams.delete(stream);
  }

  removedRoom(room: string): void {
    this.#rooms.delete(room);
  }

  /** What is there still, because of this run: rooms that are ours, and members of other rooms. */
  get left(): readonly string[] {
    return [...this.#rooms].flatMap(([room, { ours, streams }]) =>
      ours ? [room] : [...streams].map((stream) => `${stream} in ${room}`),
    );
  }

  /**
   * Removes members, and the rooms that are ours; what the server refuses to remove stays, without an error. Where it
   * cannot be reached, that is removed the next time.
   * @param only of one room; missing: of all
   */
  remove(only?: string): Promise<void> {
    return this.#removeUntil(0, only);
  }

  /** Removes all; where the server cannot be reached, it is asked again for some seconds. */
  removePatiently(): Promise<void> {
    return this.#removeUntil(performance.now() + patienceMs);
  }

  async #removeUntil(deadlineMs: number, only?: string): Promise<void> {
    const rooms = [...this.#rooms].filter(([room]) => only === undefined || room === only);
    for (const [room] of rooms) this.#rooms.delete(room);
    await Promise.all(
      rooms.map(async ([room, { ours, streams }]) => {
        const left = new Set<string>();
        const removing = [...streams].map(async (stream) => {
          const call = () => this.#api.room(room, 'remove_stream', [stream]);
          if (!(await this.#isAsked(call, deadlineMs))) left.add(stream);
        });
        await Promise.all(removing);
        // With a room its members go.
        const isLeft = ours
          ? !(await this.#isAsked(() => this.#api.manager('remove_room', [room]), deadlineMs))
          : left.size > 0;
        if (isLeft) this.#keep(room, ours, left);
      }),
    );
  }

  /**
   * Removes the streams that add_stream has made and the server has kept, where its v3 API says so; the rest stays, without
   * an error. To be called when nobody publishes any more.
   */
  async removeStreams(): Promise<void> {
    const made = [...this.#made];
    this.#made.clear();
    if (made.length === 0) return;
    const kept = new Set(await streamNames(this.#api).catch(() => undefined));
    for (const stream of made) {
      if (kept.has(stream)) await this.#isAsked(() => deleteStream(this.#api, stream), 0);
    }
  }

  /** Nothing may be added any more: nobody would remove it. */
  close(): void {
    this.#closed = true;
  }

  #leftover(room: string): Leftover {
    if (this.#closed) throw new Error('the run has ended');
    const known = this.#rooms.get(room);
    if (known !== undefined) return known;
    const leftover = { ours: false, streams: new Set<string>() };
    this.#rooms.set(room, leftover);
    return leftover;
  }

  /** The same room may have been made anew in the meantime. */
  #keep(room: string, ours: boolean, streams: Iterable<string>): void {
    const known = this.#rooms.get(room);
    this.#rooms.set(room, {
      ours: ours || known?.ours === true,
      streams: new Set([...(known?.streams ?? []), ...streams]),
    });
  }

  /** @returns false: the server itself was not reached, by no attempt that began before the deadline */
  async #isAsked(call: () => Promise<Exchange>, deadlineMs: number): Promise<boolean> {
    for (;;) {
      const answer = await call().catch(() => undefined);
      if (answer !== undefined && !isUnavailable(answer)) return true;
      if (performance.now() + pauseMs > deadlineMs) return false;
      await after(pauseMs);
    }
  }
}
