import type { FastifyInstance } from 'fastify';
import { apiRoute, restOfPath } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { sendJson } from '../errors.ts';
import { requireStream } from '../find-stream.ts';
import { sessionJson, streamJson } from '../info-json.ts';
import type { Services } from '../services.ts';

/** The information calls below `/flussonic/api/`, as servers of the chat-room era have them. */
export function infoApi(app: FastifyInstance, services: Services, guard: Guard): void {
  apiRoute(
    app,
    '/flussonic/api/server',
    { GET: (_, reply) => sendJson(reply, 200, serverJson(services)) },
    guard,
  );
  apiRoute(
    app,
    '/flussonic/api/streams',
    { GET: (_, reply) => sendJson(reply, 200, { streams: services.streams().map(streamJson) }) },
    guard,
  );
  apiRoute(
    app,
    '/flussonic/api/sessions',
    {
      GET: (request, reply) => {
        const { name } = request.query as { name?: string | string[] };
        return sendJson(reply, 200, { event: 'user.list', sessions: sessionList(services, name) });
      },
    },
    guard,
  );
  apiRoute(
    app,
    '/flussonic/api/stream_health/*',
    {
      GET: (request, reply) => {
        const { alive } = requireStream(services, restOfPath(request));
        return sendJson(reply, alive ? 200 : 424, alive);
      },
    },
    guard,
  );
}

/** @param names `?name=`: only the sessions of these streams, separated by commas */
function sessionList(services: Services, names: string | string[] | undefined) {
  const wanted = names === undefined ? undefined : [names].flat().flatMap((text) => text.split(','));
  return services
    .sessions()
    .filter(({ stream }) => wanted === undefined || wanted.includes(stream))
    .map((info) => sessionJson(info, Date.now()));
}

/** Times in seconds. */
function serverJson(services: Services) {
  const streams = services.streams();
  const { version } = services.profile.server;
  return {
    version,
    server_version: version,
    started_at: Math.floor(services.startedAtMs / 1000),
    uptime: Math.max(0, Math.floor((Date.now() - services.startedAtMs) / 1000)),
    total_streams: streams.length,
    online_streams: streams.filter(({ alive }) => alive).length,
    total_clients: streams.reduce((sum, { clientCount }) => sum + clientCount, 0),
  };
}
