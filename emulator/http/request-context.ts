import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readBody } from './body.ts';
import type { StreamPath } from './parse-path.ts';
import type { ClientInfo } from './services.ts';
import type { StreamRoute } from './stream-routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The media type of the body in lower case, without parameters; empty where the client names none. */
    bodyType: string;
    /** What the request wants of which stream; only on the routes below a stream. */
    streamCall: { readonly path: StreamPath; readonly route: StreamRoute } | undefined;
  }
}

/** Makes request bodies texts, whatever content type they claim: `curl -d` says that JSON is a form. */
export function acceptAnyBody(app: FastifyInstance): void {
  app.decorateRequest('bodyType', '');
  app.decorateRequest('streamCall', undefined);
  app.addHook('onRequest', async (request) => {
    const { headers } = request.raw;
    request.bodyType = (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
    // Taken away, since fastify answers 415 to a content type that it cannot read.
    delete headers['content-type'];
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request: unknown, payload: Readable) => readBody(payload));
}

/** The request's body; empty where it has none. */
export function bodyText(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : '';
}

/** Who sent the request. */
export function clientInfo(request: FastifyRequest): ClientInfo {
  return {
    remoteAddress: request.ip.replace(/^::ffff:/, ''),
    userAgent: request.headers['user-agent'] ?? '',
  };
}
