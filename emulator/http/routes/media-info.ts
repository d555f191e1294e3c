import type { FastifyInstance } from 'fastify';
import { apiRoute, restOfPath } from '../api-route.ts';
import { sendJson } from '../errors.ts';
import { requireStream } from '../find-stream.ts';
import { mediaInfoJson } from '../info-json.ts';
import type { Services } from '../services.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/** `GET /STREAM/media_info.json`: players read it before they ask for media, and have no credentials. */
export function mediaInfoRoutes(services: Services): StreamRoutes {
  return {
    'media_info.json': {
      methods: {
        GET: ({ stream }, _request, reply) =>
          sendJson(reply, 200, mediaInfoJson(requireStream(services, stream))),
      },
    },
  };
}

/** `GET /flussonic/api/media_info/NAME`: the same in the API, and as open. */
export function mediaInfoApi(app: FastifyInstance, services: Services): void {
  apiRoute(app, '/flussonic/api/media_info/*', {
    GET: (request, reply) =>
      sendJson(reply, 200, mediaInfoJson(requireStream(services, restOfPath(request)))),
  });
}
