import { bearerChallenge, bearerToken } from '../auth.ts';
import { HttpError } from '../errors.ts';
import { bodyText, clientInfo } from '../request-context.ts';
import { PublishPasswordError, type Services } from '../services.ts';
import { endpoint, requireOffer, sendCreated, sessionResource } from '../session-resource.ts';
import { requireSingleStream } from '../single-stream.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/**
 * Publishing over WHIP (RFC 9725): `POST /STREAM/whip`, and the session at `/STREAM/whip/SID`. The stream's
 * password comes as `?password=` or as a Bearer token; whoever gives none is asked for a token.
 *
 * @param iceServerLinks what clients are told of STUN and TURN servers, see `writeIceServerLinks`
 */
export function whipRoutes(services: Services, iceServerLinks: readonly string[]): StreamRoutes {
  return {
    whip: endpoint(iceServerLinks, async ({ stream, query }, request, reply) => {
      requireOffer(request.bodyType);
      const offer = bodyText(request);
      requireSingleStream(offer);
      const password = query.get('password');
      const token = bearerToken(request.headers.authorization);
      const session = await services
        .publish(stream, offer, password ?? token, clientInfo(request))
        .catch((error: unknown) => {
          // With a password in the URL, no token could help.
          if (!(error instanceof PublishPasswordError) || password !== null) throw error;
          const challenge = bearerChallenge(services.profile.errors.realm, token !== undefined);
          throw new HttpError('unauthorized', error.message, { 'www-authenticate': challenge });
        });
      return sendCreated(reply, 'whip', stream, session, iceServerLinks);
    }),
    'whip-session': sessionResource(services, 'whip'),
  };
}
