import { bearerToken } from '../auth.ts';
import { bodyText, clientInfo } from '../request-context.ts';
import type { Services } from '../services.ts';
import { acceptsOffers, requireOffer, sendCreated, sessionResource } from '../session-resource.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/**
 * Publishing over WHIP (RFC 9725): `POST /STREAM/whip`, and the session at `/STREAM/whip/SID`. The stream's
 * password comes as `?password=` or as a Bearer token.
 */
export function whipRoutes(services: Services): StreamRoutes {
  return {
    whip: {
      optionsHeaders: acceptsOffers,
      methods: {
        POST: async ({ stream, query }, request, reply) => {
          requireOffer(request.bodyType);
          const password = query.get('password') ?? bearerToken(request.headers.authorization);
          const session = await services.publish(stream, bodyText(request), password, clientInfo(request));
          return sendCreated(reply, 'whip', stream, session);
        },
      },
    },
    'whip-session': sessionResource(services, 'whip'),
  };
}
