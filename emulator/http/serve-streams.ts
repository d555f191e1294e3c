import type { FastifyInstance } from 'fastify';
import { corsHeaders } from './cors.ts';
import { HttpError } from './errors.ts';
import { malformedTarget } from './limits.ts';
import { requireHandler } from './methods.ts';
import { parsePath } from './parse-path.ts';
import { headerOf, httpCall } from './request-context.ts';
import { sendReply } from './send-reply.ts';
import { beforeBody, findStreamCall, type StreamCall, type StreamRoutes } from './stream-routes.ts';

/** Serves everything below a stream: fastify's router sends all paths here that are no other route's. */
export function serveStreams(app: FastifyInstance, routes: StreamRoutes): void {
  app.all('/*', {
    onRequest: async (request, reply) => {
      const call = requireStreamCall(routes, request.url);
      request.streamCall = call;
      if (call.route.cors !== false) reply.headers(corsHeaders);
      const early = beforeBody(call, request.method, (name) => headerOf(request, name));
      return early && sendReply(reply, early);
    },
    handler: async (request, reply) => {
      const { path, route } = request.streamCall!;
      return sendReply(reply, await requireHandler(route.methods, request.method)(path, httpCall(request)));
    },
  });
}

function requireStreamCall(routes: StreamRoutes, target: string): StreamCall {
  const call = findStreamCall(routes, target);
  if (call !== undefined) return call;
  if (parsePath(target) === undefined) throw malformedTarget();
  throw new HttpError('unknown-path', 'There is nothing at this path.');
}
