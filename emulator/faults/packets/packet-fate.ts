import type { Fate } from '../../../media/disordered-line.ts';
import { drawsAt, seedOf } from '../draws.ts';
import type { PacketFault } from '../types.ts';
import { BurstLoss } from './burst-loss.ts';
import type { PacketPlace } from './sequence-index.ts';

/** What becomes of one packet. */
export interface PacketFate extends Fate {
  readonly delayMs: number;
}

export const untouched: PacketFate = { lost: false, duplicated: false, reordered: false, delayMs: 0 };

export function isTouched({ lost, duplicated, reordered, delayMs }: PacketFate): boolean {
  return lost || duplicated || reordered || delayMs > 0;
}

/**
 * Says what becomes of the packets of one flow. A packet's fate depends on the seed, its place and how often it was
 * sent alone: a packet that is sent again has another chance.
 */
export function packetFates(fault: PacketFault, seed: number): (place: PacketPlace) => PacketFate {
  const { lose = 0, duplicate = 0, reorder = 0, delayMs = 0, jitterMs = 0 } = fault;
  const burst = typeof lose === 'number' ? undefined : new BurstLoss(lose, seedOf(seed, 'burst'));
  const loss = typeof lose === 'number' ? () => lose : (index: number) => burst!.lossAt(index);
  return ({ index, attempt }) => {
    const draw = drawsAt(attempt === 0 ? seed : seedOf(seed, attempt), index);
    // Four draws for each packet, whatever comes of them: another fault in the rule does not move the loss.
    return {
      lost: draw() < loss(index),
      duplicated: draw() < duplicate,
      reordered: draw() < reorder,
      delayMs: delayMs + draw() * jitterMs,
    };
  };
}
