import type { FastifyInstance, FastifyReply } from 'fastify';
import type { CommandOutcome } from '../../rooms/commands.ts';
import { apiRoute, restOfPath } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { sendJson } from '../errors.ts';
import { bodyText } from '../request-context.ts';
import type { Services } from '../services.ts';

const manager = '/flussonic/api/dynamic_mosaic';

/** The command API: the manager, with and without the slash, and a room at each path below it. */
export function dynamicMosaicApi(app: FastifyInstance, services: Services, guard: Guard): void {
  for (const url of [manager, `${manager}/`]) {
    apiRoute(
      app,
      url,
      { POST: (request, reply) => sendOutcome(reply, services.managerCommand(bodyText(request))) },
      guard,
    );
  }
  apiRoute(
    app,
    `${manager}/*`,
    {
      POST: (request, reply) =>
        sendOutcome(reply, services.roomCommand(restOfPath(request), bodyText(request))),
    },
    guard,
  );
}

function sendOutcome(reply: FastifyReply, outcome: CommandOutcome): FastifyReply {
  return sendJson(reply.headers(outcome.headers ?? {}), outcome.status, outcome.body);
}
