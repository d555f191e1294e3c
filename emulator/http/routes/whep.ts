import { bodyText, clientInfo } from '../request-context.ts';
import type { Services } from '../services.ts';
import { endpoint, requireOffer, sendCreated, sessionResource } from '../session-resource.ts';
import type { StreamRoutes } from '../stream-routes.ts';
import { tracksOfQuery } from '../track-query.ts';

/**
 * Playing over WHEP: `POST /STREAM/whep?start_track=v1a3`, and the session at `/STREAM/whep/SID`.
 *
 * @param iceServerLinks what clients are told of STUN and TURN servers, see `writeIceServerLinks`
 */
export function whepRoutes(services: Services, iceServerLinks: readonly string[]): StreamRoutes {
  return {
    whep: endpoint(iceServerLinks, async ({ stream, query }, request, reply) => {
      requireOffer(request.bodyType);
      const tracks = tracksOfQuery(query);
      const session = await services.play(stream, bodyText(request), tracks, clientInfo(request));
      return sendCreated(reply, 'whep', stream, session, iceServerLinks);
    }),
    'whep-session': sessionResource(services, 'whep'),
  };
}
