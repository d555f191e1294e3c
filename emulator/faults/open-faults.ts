import type { LiveServices } from '../live/live-services.ts';
import type { Logger } from '../logger.ts';
import type { Profile } from '../profile.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import type { FaultDesk } from './fault-desk.ts';
import type { FaultOptions } from './types.ts';

/** The parts of an emulator that faults are made in. */
export interface FaultyParts {
  readonly rooms: RoomRegistry;
  readonly profile: Profile;
  readonly logger: Logger;
  /** Asked for when an act needs them: they are made later. */
  readonly services: () => LiveServices;
}

/**
 * Makes the faults of an emulator, or nothing where it is to have none: not even the code is loaded then.
 * @throws FaultRuleError
 */
export async function openFaults(
  options: FaultOptions | undefined,
  { rooms, profile, logger, services }: FaultyParts,
): Promise<FaultDesk | undefined> {
  if (options === undefined) return undefined;
  const { FaultDesk } = await import('./fault-desk.ts');
  const desk = new FaultDesk(options, {
    server: profile.server.header,
    hasRoom: (name) => rooms.room(name) !== undefined,
    removeRoom: (name) => void rooms.removeRoom(name),
    roomsOf: (stream) => {
      const hosts = rooms.rooms().filter(({ members }) => members.some((one) => one.stream === stream));
      return hosts.map(({ name }) => name);
    },
    onRoomEvent: (listener) => void rooms.onEvent(listener),
    closePublisher: (stream) => {
      const all = services()
        .sessions()
        .map(({ session, stream: name }) => ({ session, name }));
      const found = all.filter(({ session, name }) => session.kind === 'publish' && name === stream);
      for (const { session } of found) void session.close('closed-by-server');
      return found.length > 0;
    },
  });
  logger.warn(
    { seed: desk.seed, rules: desk.rules().length, api: options.api ?? false },
    'faults on purpose',
  );
  return desk;
}
