import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowedMethods, requireHandler } from './api-route.ts';
import { corsHeaders, type ReplyHeaders, sendOptions } from './cors.ts';
import { HttpError } from './errors.ts';
import { parsePath, type StreamAction, type StreamPath } from './parse-path.ts';

export type StreamHandler = (path: StreamPath, request: FastifyRequest, reply: FastifyReply) => unknown;

/** What can be done with one action of a stream. */
export interface StreamRoute {
  readonly methods: Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', StreamHandler>>>;
  /** More headers for the answer to OPTIONS: `accept-post`, `accept-patch`, `link`. */
  readonly optionsHeaders?: (request: FastifyRequest) => ReplyHeaders;
  /** False: pages of other origins may not call it; default true. */
  readonly cors?: boolean;
}

/** The actions that are served; each family of routes gives its own. */
export type StreamRoutes = Readonly<Partial<Record<StreamAction, StreamRoute>>>;

/**
 * Serves everything below a stream. Names of streams may hold slashes, so the router sends all paths here and
 * `parsePath` says what they mean.
 */
export function serveStreams(app: FastifyInstance, routes: StreamRoutes): void {
  app.all('/*', {
    onRequest: async (request, reply) => {
      const call = findRoute(routes, request.url);
      request.streamCall = call;
      if (call.route.cors !== false) reply.headers(corsHeaders);
      // OPTIONS is answered here, before a body can be asked for.
      if (request.method === 'OPTIONS' && call.route.cors !== false) {
        return sendOptions(reply, allowedMethods(call.route.methods), call.route.optionsHeaders?.(request));
      }
      requireHandler(call.route.methods, request.method);
    },
    handler: (request, reply) => {
      const { path, route } = request.streamCall!;
      return requireHandler(route.methods, request.method)(path, request, reply);
    },
  });
}

function findRoute(routes: StreamRoutes, url: string): { path: StreamPath; route: StreamRoute } {
  const path = parsePath(url);
  if (path === undefined) throw new HttpError('bad-request', 'The path holds a malformed percent-encoding.');
  const route = path.action === undefined || path.stream === '' ? undefined : routes[path.action];
  if (route === undefined) throw new HttpError('unknown-path', 'There is nothing at this path.');
  return { path, route };
}
