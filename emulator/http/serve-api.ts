import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiRoute, Refusal } from './api-route.ts';
import { HttpError, toHttpError } from './errors.ts';
import { type GuardOfMethods, type Methods, requireAdmission, requireHandler } from './methods.ts';
import { httpCall, withoutPassword } from './request-context.ts';
import { sendReply } from './send-reply.ts';

type FastifyHandler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Puts resources of the API where they belong. */
export function serveApi(app: FastifyInstance, routes: readonly ApiRoute[]): void {
  for (const { path, methods, guard, refusal } of routes) {
    app.all(path, {
      onRequest: admission(methods, guard),
      ...refusing(refusal),
      handler: async (request, reply) => {
        const { '*': name = '' } = request.params as { '*'?: string };
        return sendReply(reply, await requireHandler(methods, request.method)(httpCall(request), name));
      },
    });
  }
}

/**
 * Puts a resource at `url` that answers by fastify's own means. Other methods get 405 with `Allow`; then the guard is
 * asked; both happen before the body is read.
 */
export function serveResource(
  app: FastifyInstance,
  url: string,
  methods: Methods<FastifyHandler>,
  guard?: GuardOfMethods,
): void {
  app.all(url, {
    onRequest: admission(methods, guard),
    handler: (request, reply) => requireHandler(methods, request.method)(request, reply),
  });
}

/** Answers 404 wherever no other route is below a path. */
export function serveNothingBelow(app: FastifyInstance, path: string, refusal?: Refusal): void {
  app.all(`${path}/*`, {
    ...refusing(refusal),
    handler: () => {
      throw new HttpError('unknown-path', 'There is nothing at this path.');
    },
  });
}

/** Whatever was thrown, as an error for the client; a fault of the server is logged. */
export function clientError(error: unknown, request: FastifyRequest): HttpError {
  const known = toHttpError(error);
  if (known !== undefined) return known;
  request.log.error({ err: error, url: withoutPassword(request.url) }, 'a request failed');
  return new HttpError('internal-error', 'The server failed; its log says why.');
}

function admission(methods: Methods<unknown>, guard: GuardOfMethods) {
  return async ({ method, headers }: FastifyRequest) =>
    requireAdmission(methods, guard, method, headers.authorization);
}

function refusing(refusal: Refusal | undefined) {
  if (refusal === undefined) return {};
  return {
    errorHandler: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendReply(reply, refusal(clientError(error, request))),
  };
}
