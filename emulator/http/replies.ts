import type { Profile } from '../profile.ts';
import { errorBody, errorStatus, type HttpError } from './errors.ts';
import type { Reply, ReplyHeaders } from './http-call.ts';

/** A value as one line of JSON. */
export function jsonReply(status: number, value: unknown, headers: ReplyHeaders = {}): Reply {
  return { status, headers: { ...headers, ...json }, body: `${JSON.stringify(value)}\n` };
}

/** The answer to a request that failed. */
export function errorReply(profile: Profile, error: HttpError): Reply {
  return {
    status: errorStatus(profile, error.kind),
    headers: { ...error.headers, ...json },
    body: errorBody(error.kind, error.message),
  };
}

/** Without the charset that fastify adds to texts, which the format has no use for. */
const json = { 'content-type': 'application/json' } as const;
