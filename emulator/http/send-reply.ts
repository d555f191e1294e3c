import type { FastifyReply } from 'fastify';
import type { Profile } from '../profile.ts';
import type { HttpError } from './errors.ts';
import type { Reply } from './http-call.ts';
import { errorReply, jsonReply } from './replies.ts';

/** Sends what a route has answered; headers that are set already stay. */
export function sendReply(reply: FastifyReply, { status, headers = {}, body }: Reply): FastifyReply {
  // Bytes, since fastify adds a charset to the content type of texts.
  return reply
    .code(status)
    .headers(headers)
    .send(typeof body === 'string' ? Buffer.from(body) : body);
}

/** Sends a value as one line of JSON. */
export function sendJson(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return sendReply(reply, jsonReply(status, value));
}

/** Sends the answer to a request that failed. */
export function sendError(reply: FastifyReply, profile: Profile, error: HttpError): FastifyReply {
  return sendReply(reply, errorReply(profile, error));
}
