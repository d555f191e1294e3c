import type { ApiServices } from '../api-route.ts';
import { bearerChallenge, bearerToken } from '../auth.ts';
import { HttpError } from '../errors.ts';
import { PublishPasswordError } from '../services.ts';
import { createdReply, endpoint, requireOffer, sessionResource } from '../session-resource.ts';
import { requireSingleStream } from '../single-stream.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/**
 * Publishing over WHIP (RFC 9725): `POST /STREAM/whip`, and the session at `/STREAM/whip/SID`. The stream's
 * password comes as `?password=` or as a Bearer token; whoever gives none is asked for a token.
 *
 * @param iceServerLinks what clients are told of STUN and TURN servers, see `writeIceServerLinks`
 */
export function whipRoutes(services: ApiServices, iceServerLinks: readonly string[]): StreamRoutes {
  return {
    whip: endpoint(iceServerLinks, async ({ stream, query }, call) => {
      requireOffer(call.bodyType);
      requireSingleStream(call.body);
      const password = query.get('password');
      const token = bearerToken(call.header('authorization'));
      const session = await services
        .publish(stream, call.body, password ?? token, call.client)
        .catch((error: unknown) => {
          // With a password in the URL, no token could help.
          if (!(error instanceof PublishPasswordError) || password !== null) throw error;
          const challenge = bearerChallenge(services.profile.errors.realm, token !== undefined);
          throw new HttpError('unauthorized', error.message, { 'www-authenticate': challenge });
        });
      return createdReply('whip', stream, session, iceServerLinks);
    }),
    'whip-session': sessionResource(services, 'whip'),
  };
}
