import { setTimeout as delay } from 'node:timers/promises';
import {
  classes,
  type IceConnection,
  Message,
  methods,
  parseIceServers,
  StunOverTurnProtocol,
  type TurnProtocol,
} from 'werift';
import type { TurnServer } from '../turn-server.ts';

/** A server that answers at all answers by then. */
const releaseTimeoutMs = 500;

/** How werift is told of a TURN server that everything goes through. */
export function relayOptions({ url, username, credential }: TurnServer) {
  return { ...parseIceServers([{ urls: url, username, credential }]), forceTurn: true };
}

/**
 * Gives relays back. werift leaves them to expire, after ten minutes, and many bots would use up what a server grants.
 * Whatever comes of it, it resolves soon.
 */
export async function releaseRelays(ice: IceConnection): Promise<void> {
  // It tells of its protocols by the pairs they are in, and there is none where no server was found to talk to.
  const { protocols } = ice as unknown as { readonly protocols: readonly unknown[] };
  const relays = protocols.filter((protocol) => protocol instanceof StunOverTurnProtocol);
  await Promise.all(relays.map(({ turn }) => release(turn)));
}

/** A lifetime of zero ends it (RFC 8656 §8.1). */
async function release(turn: TurnProtocol): Promise<void> {
  const request = new Message(methods.REFRESH, classes.REQUEST).setAttribute('LIFETIME', 0);
  const released = turn.requestWithRetry(request, turn.server).catch(() => {});
  await Promise.race([released, delay(releaseTimeoutMs, undefined, { ref: false })]);
}
