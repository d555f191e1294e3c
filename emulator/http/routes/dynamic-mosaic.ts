import type { CommandOutcome } from '../../rooms/commands.ts';
import type { ApiRoute, ApiServices } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import type { Reply } from '../http-call.ts';
import { jsonReply } from '../replies.ts';

const manager = '/flussonic/api/dynamic_mosaic';

/** The command API: the manager, with and without the slash, and a room at each path below it. */
export function dynamicMosaicRoutes(services: ApiServices, guard: Guard): readonly ApiRoute[] {
  const managerRoutes = [manager, `${manager}/`].map((path) => ({
    path,
    methods: { POST: ({ body }) => commandReply(services.managerCommand(body)) },
    guard,
  })) satisfies ApiRoute[];
  const roomRoute: ApiRoute = {
    path: `${manager}/*`,
    methods: { POST: ({ body }, name) => commandReply(services.roomCommand(name, body)) },
    guard,
  };
  return [...managerRoutes, roomRoute];
}

function commandReply({ status, body, headers = {} }: CommandOutcome): Reply {
  return jsonReply(status, body, headers);
}
