import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Credentials, createGuard } from './auth.ts';
import { HttpError, sendError, toHttpError } from './errors.ts';
import { type IceServer, writeIceServerLinks } from './ice-servers.ts';
import { normalizeTarget } from './parse-path.ts';
import { acceptAnyBody, clientInfo } from './request-context.ts';
import { dynamicMosaicApi } from './routes/dynamic-mosaic.ts';
import { embedRoutes } from './routes/embed.ts';
import { infoApi } from './routes/info.ts';
import { infoV3Api } from './routes/info-v3.ts';
import { mediaInfoApi, mediaInfoRoutes } from './routes/media-info.ts';
import { pagesApi } from './routes/pages-api.ts';
import { previewRoutes } from './routes/preview.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { uiPages } from './routes/ui.ts';
import { webrtcRoutes } from './routes/webrtc.ts';
import { whepRoutes } from './routes/whep.ts';
import { whipRoutes } from './routes/whip.ts';
import type { Services } from './services.ts';
import { serveStreams } from './stream-routes.ts';

export interface AppOptions {
  /** Who may change things, and read too; missing: everybody. */
  readonly editAuth?: Credentials | undefined;
  /** Who may read; missing: everybody. */
  readonly viewAuth?: Credentials | undefined;
  /** STUN and TURN servers that WHIP and WHEP clients are told of; missing: none. */
  readonly iceServers?: readonly IceServer[] | undefined;
  readonly logger: FastifyBaseLogger;
  /** Given the app before its routes; deliberately broken emulators change calls and answers here. */
  readonly extend?: ((app: FastifyInstance) => void) | undefined;
}

/** Longest path with query, in characters. */
const maxTargetLength = 8192;

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
      sendError(reply, profile, new HttpError('bad-request', 'The path holds a malformed percent-encoding.'));
    },
  });

  acceptAnyBody(app);
  extend(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('server', profile.server.header);
    if (request.url.length <= maxTargetLength) return;
    throw new HttpError('uri-too-long', `The path is longer than ${maxTargetLength} characters.`);
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
  app.setErrorHandler((error, request, reply) => {
    const known = toHttpError(error);
    if (known !== undefined) return sendError(reply, profile, known);
    request.log.error({ err: error, url: withoutPassword(request.url) }, 'a request failed');
    return sendError(reply, profile, new HttpError('internal-error', 'The server failed; its log says why.'));
  });
  // Known methods never come here, since all paths belong to a route.
  app.setNotFoundHandler(() => {
    throw new HttpError('not-implemented', 'The server does not know this request method.');
  });

  const { editAuth, viewAuth } = options;
  const { realm } = profile.errors;
  const mayEdit = createGuard({ realm, pairs: editAuth ? [editAuth] : [] });
  const viewPairs = viewAuth ? [viewAuth, ...(editAuth ? [editAuth] : [])] : [];
  const mayView = createGuard({ realm, pairs: viewPairs });
  const mayViewV3 = createGuard({ realm, pairs: viewPairs, acceptBearer: true });
  const mayEditV3 = createGuard({ realm, pairs: editAuth ? [editAuth] : [], acceptBearer: true });

  dynamicMosaicApi(app, services, mayEdit);
  mediaInfoApi(app, services);
  infoApi(app, services, mayView);
  app.all('/flussonic/*', () => {
    throw new HttpError('unknown-path', 'There is nothing at this path.');
  });
  app.register(async (scope) => infoV3Api(scope, services, mayViewV3, mayEditV3));
  uiPages(app, mayView, mayEdit);
  pagesApi(app, services, { mayView, mayEdit, needsEditAuth: editAuth !== undefined });
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

function withoutPassword(url: string): string {
  return url.replace(/([?&]password=)[^&]*/gi, '$1***');
}
