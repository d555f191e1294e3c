import type { ApiRoute, ApiServices } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { requireStream } from '../find-stream.ts';
import { sessionJson, streamJson } from '../info-json.ts';
import { jsonReply } from '../replies.ts';

/** The information calls below `/flussonic/api/`, as servers of the chat-room era have them. */
export function infoApi(services: ApiServices, guard: Guard): readonly ApiRoute[] {
  return [
    {
      path: '/flussonic/api/server',
      methods: { GET: () => jsonReply(200, serverJson(services)) },
      guard,
    },
    {
      path: '/flussonic/api/streams',
      methods: { GET: () => jsonReply(200, { streams: services.streams().map(streamJson) }) },
      guard,
    },
    {
      path: '/flussonic/api/sessions',
      methods: {
        GET: ({ query }) =>
          jsonReply(200, { event: 'user.list', sessions: sessionList(services, query.getAll('name')) }),
      },
      guard,
    },
    {
      path: '/flussonic/api/stream_health/*',
      methods: {
        GET: (_call, name) => {
          const { alive } = requireStream(services, name);
          return jsonReply(alive ? 200 : 424, alive);
        },
      },
      guard,
    },
  ];
}

/** @param names `?name=`: only the sessions of these streams, separated by commas; without one all of them */
function sessionList(services: ApiServices, names: readonly string[]) {
  const wanted = names.flatMap((text) => text.split(','));
  return services
    .sessions()
    .filter(({ stream }) => wanted.length === 0 || wanted.includes(stream))
    .map((info) => sessionJson(info, Date.now()));
}

/** Times in seconds. */
function serverJson(services: ApiServices) {
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
