import type { Reply, ReplyHeaders } from './http-call.ts';

/** On every answer of a route that pages of other origins may call. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Sid, Location, Link, ETag, Accept-Patch, Accept-Post',
} as const;

const preflightHeaders = {
  ...corsHeaders,
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  // The wildcard does not stand for Authorization (Fetch standard, CORS protocol).
  'access-control-allow-headers': '*, Authorization, Content-Type, If-Match',
  'access-control-max-age': '86400',
} as const;

/**
 * Answers an OPTIONS request, be it a browser's preflight or a client that asks what it may do. The status is
 * the 200 that WHIP names (RFC 9725 §4.2); any of the 2xx does for a preflight.
 *
 * @param methods for the `Allow` header
 */
export function optionsReply(methods: readonly string[], extra: ReplyHeaders = {}): Reply {
  return { status: 200, headers: { ...preflightHeaders, allow: methods.join(', '), ...extra } };
}
