import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Faults } from '../faults/types.ts';
import { HttpError } from './errors.ts';
import { createGuards, type GuardPairs } from './guards.ts';
import { type IceServer, writeIceServerLinks } from './ice-servers.ts';
import { malformedTarget, requireShortTarget } from './limits.ts';
import { normalizeTarget } from './parse-path.ts';
import { acceptAnyBody, clientInfo, withoutPassword } from './request-context.ts';
import { dynamicMosaicRoutes } from './routes/dynamic-mosaic.ts';
import { embedRoutes } from './routes/embed.ts';
import { faultsApi } from './routes/faults.ts';
import { infoApi } from './routes/info.ts';
import { infoV3Api, v3Path, v3Refusal } from './routes/info-v3.ts';
import { mediaInfoApi, mediaInfoRoutes } from './routes/media-info.ts';
import { pagesApi } from './routes/pages-api.ts';
import { previewRoutes } from './routes/preview.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { uiPages } from './routes/ui.ts';
import { webrtcRoutes } from './routes/webrtc.ts';
import { whepRoutes } from './routes/whep.ts';
import { whipRoutes } from './routes/whip.ts';
import { isSameSecret } from './same-secret.ts';
import { sendError } from './send-reply.ts';
import { clientError, serveApi, serveNothingBelow } from './serve-api.ts';
import { serveStreams } from './serve-streams.ts';
import type { Services } from './services.ts';

export interface AppOptions extends GuardPairs {
  /** STUN and TURN servers that WHIP and WHEP clients are told of; missing: none. */
  readonly iceServers?: readonly IceServer[] | undefined;
  readonly logger: FastifyBaseLogger;
  /** Faults that are commanded by HTTP; missing: there is no such API. */
  readonly faults?: Faults | undefined;
  /** Given the app before its routes; deliberately broken emulators change calls and answers here. */
  readonly extend?: ((app: FastifyInstance) => void) | undefined;
}

/** Loading the real compilers costs more time than everything else here, and no route has a schema. */
const noSchemas = { buildValidator: noSchemaCompiler, buildSerializer: noSchemaCompiler };

function noSchemaCompiler(): never {
  throw new Error('No route may have a schema.');
}

/**
 * All routes, without a listener: `app.routing` takes the requests of as many servers as one likes, and
 * `app.inject` those of a test.
 *
 * @throws TypeError for ICE servers that cannot be
 */
export function buildApp(services: Services, options: AppOptions): FastifyInstance {
  const { profile } = services;
  const { extend = () => {} } = options;
  const iceServerLinks = writeIceServerLinks(options.iceServers ?? []);
  const app: FastifyInstance = Fastify({
    loggerInstance: options.logger,
    // One line for each request is written below, without passwords.
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: { compilersFactory: noSchemas },
    forceCloseConnections: true,
    rewriteUrl: (request) => normalizeTarget(request.url ?? '/'),
    frameworkErrors: (_error, _request, reply) => {
      reply.header('server', profile.server.header);
      sendError(reply, profile, malformedTarget());
    },
  });

  acceptAnyBody(app);
  extend(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('server', profile.server.header);
    requireShortTarget(request.url);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const ip = clientInfo(request).remoteAddress;
    const durationMs = Math.round(reply.elapsedTime);
    request.log.debug(
      { method, url: withoutPassword(request.url), ip, status: reply.statusCode, durationMs },
      'http',
    );
  });
  app.setErrorHandler((error, request, reply) => sendError(reply, profile, clientError(error, request)));
  // Known methods never come here, since all paths belong to a route.
  app.setNotFoundHandler(() => {
    throw new HttpError('not-implemented', 'The server does not know this request method.');
  });

  const { mayEdit, mayView, mayEditV3, mayViewV3 } = createGuards(options, profile, isSameSecret);
  serveApi(app, [
    ...dynamicMosaicRoutes(services, mayEdit),
    ...mediaInfoApi(services),
    ...infoApi(services, mayView),
    ...infoV3Api(services, mayViewV3, mayEditV3),
    ...(options.faults === undefined ? [] : faultsApi(options.faults, mayEdit)),
  ]);
  serveNothingBelow(app, '/flussonic');
  serveNothingBelow(app, v3Path, v3Refusal(profile));
  uiPages(app, mayView, mayEdit);
  pagesApi(app, services, { mayView, mayEdit, needsEditAuth: options.editAuth !== undefined });
  serveStreams(app, {
    ...whipRoutes(services, iceServerLinks),
    ...whepRoutes(services, iceServerLinks),
    ...mediaInfoRoutes(services),
    ...previewRoutes(services),
    ...embedRoutes(services),
    ...sessionRoutes(services),
    ...webrtcRoutes(),
  });
  return app;
}
