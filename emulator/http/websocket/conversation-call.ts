import type { ClientInfo, Services } from '../services.ts';

/** A TURN server that clients of the WebSocket eras use over TCP. */
export interface TurnServer {
  readonly addr: string;
  readonly port: number;
  readonly user: string;
  readonly pass: string;
}

/** What a client of the WebSocket eras wants, as its address says. */
export interface ConversationCall {
  readonly services: Services;
  readonly stream: string;
  readonly query: URLSearchParams;
  readonly client: ClientInfo;
  readonly turn: TurnServer | undefined;
}

/**
 * The first frame of every conversation: without its `config` the clients do nothing at all.
 *
 * @param sessionId what 22.x names its session by
 */
export function configFrame({ turn }: ConversationCall, sessionId?: string): object {
  const session = sessionId === undefined ? {} : { session_id: sessionId };
  return { config: turn === undefined ? {} : { turn }, ...session };
}
