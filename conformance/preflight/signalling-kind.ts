import { withoutWhip } from '../bots/process/agreeing.ts';
import type { SignallingKind } from '../bots/webrtc/session.ts';
import type { RunContext } from '../run/context.ts';
import { answerToPlayer } from '../scenarios/player-answer.ts';
import { converse } from '../scenarios/signalling.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';

/** How the bots of a run agree on their sessions. */
export interface SignallingFound {
  readonly kind: SignallingKind;
  /** A sentence for whoever reads the report; missing where it is WHIP and WHEP, as nearly always. */
  readonly note?: string;
}

/**
 * Finds out which signalling the target has, in a room that is made for it and goes at once: WHIP and WHEP where it
 * has them, else WebSocket. A target that was given with its signalling is not asked. It never fails: where nothing
 * can be found out, the clauses tell what is wrong, over WHIP and WHEP.
 */
export async function findSignalling(context: RunContext): Promise<SignallingFound> {
  const { signalling = 'auto' } = context.target;
  if (signalling === 'whip') return { kind: signalling };
  if (signalling === 'websocket') {
    return { kind: signalling, note: 'Bots publish and play over WebSocket, as they were told to.' };
  }
  try {
    return await SuiteRoom.use(context, 'signalling', (room) => askFor(context, room.name));
  } catch {
    return { kind: 'whip' };
  }
}

async function askFor(context: RunContext, stream: string): Promise<SignallingFound> {
  const { status } = await answerToPlayer(context, stream);
  if (!withoutWhip.includes(status)) return { kind: 'whip' };
  const path = { stream, endpoint: 'webrtc' } as const;
  const { frames } = await converse(context, path, { isEnough: ({ length }) => length > 0 });
  if (frames.length === 0) return { kind: 'whip' };
  return {
    kind: 'websocket',
    note: `Bots publish and play over WebSocket: WHEP is answered ${status}.`,
  };
}
