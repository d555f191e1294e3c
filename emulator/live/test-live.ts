import { pino } from 'pino';
import { parseConfig } from '../config/index.ts';
import { defaultProfile } from '../profile.ts';
import { RoomRegistry } from '../rooms/registry.ts';
import { LiveServices } from './live-services.ts';

/** Who asks, in tests. */
export const client = { remoteAddress: '127.0.0.1', userAgent: 'test' };

/**
 * Helper of tests: the services of an emulator, with a registry that has no rooms yet.
 * @param config default: one stream that may be published
 */
export function live(config = 'stream alice { input publish://; }') {
  const rooms = new RoomRegistry({ profile: defaultProfile.rooms, now: Date.now });
  const services = new LiveServices({
    config: parseConfig(config, 'test.conf'),
    profile: defaultProfile,
    rooms,
    mixer: defaultProfile.audio,
    webRtc: {},
    logger: pino({ level: 'silent' }),
  });
  return { rooms, services };
}
