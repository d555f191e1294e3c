import type { EventEmitter } from 'node:events';

/** What a client is waiting at: an answer or a socket. */
type Connection = Pick<EventEmitter, 'once' | 'off'> & { readonly destroyed: boolean };

/** Calls that wait on purpose; none outlives its client, nor the emulator. */
export class Waits {
  readonly #ends = new Set<() => void>();
  #closed = false;

  /**
   * Waits, until the client goes or the emulator is closed at most.
   * @returns false where the client has gone
   */
  async wait(delayMs: number, connection: Connection): Promise<boolean> {
    if (delayMs <= 0 || this.#closed || connection.destroyed) return !connection.destroyed;
    let end: () => void = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const timer = setTimeout(end, delayMs);
    connection.once('close', end);
    this.#ends.add(end);
    await over;
    clearTimeout(timer);
    connection.off('close', end);
    this.#ends.delete(end);
    return !connection.destroyed;
  }

  /** How many wait. */
  get size(): number {
    return this.#ends.size;
  }

  /** Nothing waits any more. Idempotent. */
  close(): void {
    this.#closed = true;
    for (const end of this.#ends) end();
  }
}
