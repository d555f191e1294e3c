import type { FastifyReply } from 'fastify';

/** On every answer of a route that pages of other origins may call. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Sid, Location, Link, ETag',
} as const;

const preflightHeaders = {
  ...corsHeaders,
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  // The wildcard does not stand for Authorization (Fetch standard, CORS protocol).
  'access-control-allow-headers': '*, Authorization, Content-Type, If-Match',
  'access-control-max-age': '86400',
} as const;

/**
 * Answers an OPTIONS request, be it a browser's preflight or a client that asks what it may do.
 *
 * @param methods for the `Allow` header
 */
export function sendOptions(
  reply: FastifyReply,
  methods: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): FastifyReply {
  return reply
    .code(204)
    .headers({ ...preflightHeaders, allow: methods.join(', '), ...extra })
    .send();
}
