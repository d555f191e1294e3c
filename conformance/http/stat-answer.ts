import type { Exchange } from './exchange.ts';

/** Who is in a room, as an answer to `stat` tells: `all`, and the streams by name; undefined where it tells nobody. */
export function clientsOf(json: unknown): readonly unknown[] | undefined {
  const { clients } = (json ?? {}) as { readonly clients?: unknown };
  return Array.isArray(clients) ? clients : undefined;
}

/** True for an answer to `stat` that tells who is in the room; an error may come as a success. */
export function isStat({ status, json }: Exchange): boolean {
  return status >= 200 && status < 300 && clientsOf(json) !== undefined;
}
