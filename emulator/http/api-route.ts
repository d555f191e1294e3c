import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Guard } from './auth.ts';
import { HttpError } from './errors.ts';

export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** What a resource can do, by request method. HEAD is answered wherever GET is. */
export type Methods = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>>>;

/**
 * Puts a resource of the API at `url`. Other methods get 405 with `Allow`; then the guard is asked; both
 * happen before the body is read.
 *
 * @param guard for all methods, or one for each; missing: everybody may call it
 */
export function apiRoute(
  app: FastifyInstance,
  url: string,
  methods: Methods,
  guard?: Guard | Readonly<Record<string, Guard>>,
): void {
  app.all(url, {
    onRequest: async (request) => {
      requireHandler(methods, request.method);
      const guardNow = typeof guard === 'object' ? requireHandler(guard, request.method) : guard;
      guardNow?.(request.headers.authorization);
    },
    handler: (request, reply) => requireHandler(methods, request.method)(request, reply),
  });
}

/**
 * @throws HttpError `wrong-method` with an `Allow` header
 */
export function requireHandler<Entry>(methods: Readonly<Record<string, Entry>>, method: string): Entry {
  const name = method === 'HEAD' ? 'GET' : method;
  const handler = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (handler !== undefined) return handler;
  const allowed = allowedMethods(methods);
  throw new HttpError('wrong-method', `${method} is not possible here, only ${allowed.join(', ')}.`, {
    allow: allowed.join(', '),
  });
}

/** For the `Allow` header. */
export function allowedMethods(methods: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(methods).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

/** The decoded rest of the path under a route that ends with `/*`: a name, which may hold slashes. */
export function restOfPath(request: FastifyRequest): string {
  return (request.params as { '*': string })['*'];
}
