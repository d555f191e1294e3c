import type { TurnServer } from '../bots/turn-server.ts';
import { TargetError } from '../targets/url.ts';

/** Time for a relay over UDP, and, where that is not answered, over TCP. */
const timeoutMs = 10_000;

/**
 * Asks a TURN server for a relay and gives it back, so that a run does not find with every bot that there is none.
 * @throws TargetError where it gives none
 */
export async function requireRelay(turn: TurnServer): Promise<void> {
  // Most runs go without, and WebRTC takes its time to be loaded.
  const { Peer } = await import('../bots/webrtc/peer.ts');
  try {
    const peer = await Peer.open({ turn, loopback: false, timeoutMs });
    await peer.close();
  } catch (error) {
    throw new TargetError(`--turn: ${(error as Error).message}`);
  }
}
