import type { ApiServices } from '../api-route.ts';
import { createdReply, endpoint, requireOffer, sessionResource } from '../session-resource.ts';
import type { StreamRoutes } from '../stream-routes.ts';
import { tracksOfQuery } from '../track-query.ts';

/**
 * Playing over WHEP: `POST /STREAM/whep?start_track=v1a3`, and the session at `/STREAM/whep/SID`.
 *
 * @param iceServerLinks what clients are told of STUN and TURN servers, see `writeIceServerLinks`
 */
export function whepRoutes(services: ApiServices, iceServerLinks: readonly string[]): StreamRoutes {
  return {
    whep: endpoint(iceServerLinks, async ({ stream, query }, call) => {
      requireOffer(call.bodyType);
      const tracks = tracksOfQuery(query, services.profile.answers.audioTrackPrefix);
      const session = await services.play(stream, call.body, tracks, call.client);
      return createdReply('whep', stream, session, iceServerLinks);
    }),
    'whep-session': sessionResource(services, 'whep'),
  };
}
