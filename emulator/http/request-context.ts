import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readBody } from './body.ts';
import { type HttpCall, mediaType } from './http-call.ts';
import type { ClientInfo } from './services.ts';
import type { StreamCall } from './stream-routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The media type of the body in lower case, without parameters; empty where the client names none. */
    bodyType: string;
    /** What the request wants of which stream; only on the routes below a stream. */
    streamCall: StreamCall | undefined;
  }
}

/** Makes request bodies texts, whatever content type they claim: `curl -d` says that JSON is a form. */
export function acceptAnyBody(app: FastifyInstance): void {
  app.decorateRequest('bodyType', '');
  app.decorateRequest('streamCall', undefined);
  app.addHook('onRequest', async (request) => {
    const { headers } = request.raw;
    request.bodyType = mediaType(headers['content-type']);
    // Taken away, since fastify answers 415 to a content type that it cannot read.
    delete headers['content-type'];
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request: unknown, payload: Readable) => readBody(payload));
}

/** The request as routes see it, once its body is read. */
export function httpCall(request: FastifyRequest): HttpCall {
  const mark = request.url.indexOf('?');
  return {
    header: (name) => headerOf(request, name),
    query: new URLSearchParams(mark === -1 ? '' : request.url.slice(mark)),
    bodyType: request.bodyType,
    body: typeof request.body === 'string' ? request.body : '',
    client: clientInfo(request),
  };
}

/** A header by its lower-case name. */
export function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  return headers[name]?.toString();
}

/** Who sent the request. */
export function clientInfo(request: FastifyRequest): ClientInfo {
  return {
    remoteAddress: request.ip.replace(/^::ffff:/, ''),
    userAgent: request.headers['user-agent'] ?? '',
  };
}

/** For logs. */
export function withoutPassword(url: string): string {
  return url.replace(/([?&]password=)[^&]*/gi, '$1***');
}
