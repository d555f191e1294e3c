import { bodyText, clientInfo } from '../request-context.ts';
import type { Services } from '../services.ts';
import { acceptsOffers, requireOffer, sendCreated, sessionResource } from '../session-resource.ts';
import type { StreamRoutes } from '../stream-routes.ts';
import { tracksOfQuery } from '../track-query.ts';

/** Playing over WHEP: `POST /STREAM/whep?start_track=v1a3`, and the session at `/STREAM/whep/SID`. */
export function whepRoutes(services: Services): StreamRoutes {
  return {
    whep: {
      optionsHeaders: acceptsOffers,
      methods: {
        POST: async ({ stream, query }, request, reply) => {
          requireOffer(request.bodyType);
          const tracks = tracksOfQuery(query);
          const session = await services.play(stream, bodyText(request), tracks, clientInfo(request));
          return sendCreated(reply, 'whep', stream, session);
        },
      },
    },
    'whep-session': sessionResource(services, 'whep'),
  };
}
