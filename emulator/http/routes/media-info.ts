import type { ApiRoute, ApiServices } from '../api-route.ts';
import { requireStream } from '../find-stream.ts';
import type { Reply } from '../http-call.ts';
import { mediaInfoJson } from '../info-json.ts';
import { jsonReply } from '../replies.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/** `GET /STREAM/media_info.json`: players read it before they ask for media, and have no credentials. */
export function mediaInfoRoutes(services: ApiServices): StreamRoutes {
  return { 'media_info.json': { methods: { GET: ({ stream }) => mediaInfoReply(services, stream) } } };
}

/** `GET /flussonic/api/media_info/NAME`: the same in the API, and as open. */
export function mediaInfoApi(services: ApiServices): readonly ApiRoute[] {
  const methods: ApiRoute['methods'] = { GET: (_call, name) => mediaInfoReply(services, name) };
  return [{ path: '/flussonic/api/media_info/*', methods }];
}

function mediaInfoReply(services: ApiServices, stream: string): Reply {
  return jsonReply(200, mediaInfoJson(requireStream(services, stream)));
}
