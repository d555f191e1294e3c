import type { ApiClient } from '../http/api-client.ts';

/** Rooms and members that exist on the server because of this run. */
export class Leftovers {
  readonly #api: ApiClient;
  readonly #rooms = new Map<string, Set<string>>();

  constructor(api: ApiClient) {
    this.#api = api;
  }

  addRoom(room: string): void {
    if (!this.#rooms.has(room)) this.#rooms.set(room, new Set());
  }

  addMember(room: string, stream: string): void {
    this.addRoom(room);
    this.#rooms.get(room)!.add(stream);
  }

  removedMember(room: string, stream: string): void {
    this.#rooms.get(room)?.delete(stream);
  }

  removedRoom(room: string): void {
    this.#rooms.delete(room);
  }

  /**
   * Removes members and rooms; what the server refuses to remove stays, without an error.
   * @param only one room; missing: all
   */
  async remove(only?: string): Promise<void> {
    const rooms = [...this.#rooms].filter(([room]) => only === undefined || room === only);
    for (const [room] of rooms) this.#rooms.delete(room);
    await Promise.all(
      rooms.map(async ([room, streams]) => {
        for (const stream of streams)
          await this.#attempt(() => this.#api.room(room, 'remove_stream', [stream]));
        await this.#attempt(() => this.#api.manager('remove_room', [room]));
      }),
    );
  }

  async #attempt(call: () => Promise<unknown>): Promise<void> {
    // The server may be gone already, and then nothing is left over.
    await call().catch(() => {});
  }
}
