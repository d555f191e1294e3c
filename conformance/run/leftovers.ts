import type { ApiClient, RoomReading } from '../http/api-client.ts';
import { deleteStream, streamNames } from './v3-streams.ts';

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

  /**
   * Removes members, and the rooms that are ours; what the server refuses to remove stays, without an error.
   * @param only of one room; missing: of all
   */
  async remove(only?: string): Promise<void> {
    const rooms = [...this.#rooms].filter(([room]) => only === undefined || room === only);
    for (const [room] of rooms) this.#rooms.delete(room);
    await Promise.all(
      rooms.map(async ([room, { ours, streams }]) => {
        const removing = [...streams].map((stream) =>
          this.#attempt(() => this.#api.room(room, 'remove_stream', [stream])),
        );
        await Promise.all(removing);
        if (ours) await this.#attempt(() => this.#api.manager('remove_room', [room]));
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
      if (kept.has(stream)) await this.#attempt(() => deleteStream(this.#api, stream));
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

  async #attempt(call: () => Promise<unknown>): Promise<void> {
    // The server may be gone already, and then nothing is left over.
    await call().catch(() => {});
  }
}
