import { setTimeout as delay } from 'node:timers/promises';
import type { RoomLevels } from '../http/room-meter.ts';
import type { Services } from '../http/services.ts';

/** What a meter shows is of the last 100 ms; sound that nobody listened to waits up to as long before it is mixed. */
const settleMs = 250;

/**
 * Looks at the levels of a room once.
 * @throws RangeError where there is no such room, or it goes meanwhile
 */
export async function readLevels(services: Pick<Services, 'openMeter'>, room: string): Promise<RoomLevels> {
  const meter = services.openMeter(room);
  try {
    if (meter !== undefined) await delay(settleMs);
    const levels = meter?.read();
    if (levels === undefined) throw new RangeError(`levels: there is no room ${JSON.stringify(room)}`);
    return levels;
  } finally {
    meter?.close();
  }
}
