import type { RoomEvent, RoomListener } from './types.ts';

/**
 * Tells listeners of events one after the other. An event that a listener causes waits until all have heard
 * the present one, so everybody hears the same order.
 */
export class RoomEvents {
  readonly #listeners = new Set<{ readonly listener: RoomListener }>();
  /** Told, but not yet heard by all. */
  readonly #waiting: RoomEvent[] = [];
  #telling = false;

  /** @returns a function that ends the subscription; calling it twice is no error */
  subscribe(listener: RoomListener): () => void {
    const entry = { listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /**
   * A listener that throws does not keep the others from hearing.
   * @throws the first error of a listener, after all have heard all events
   */
  tell(...events: readonly RoomEvent[]): void {
    this.#waiting.push(...events);
    if (this.#telling) return;
    this.#telling = true;
    const errors: unknown[] = [];
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      for (const { listener } of [...this.#listeners]) {
        try {
          listener(event);
        } catch (error) {
          errors.push(error);
        }
      }
    }
    this.#telling = false;
    if (errors.length > 0) throw errors[0];
  }
}
