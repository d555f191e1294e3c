import type { ClientInfo } from './services.ts';

/** A header of a request by its lower-case name; `undefined` where the request has none. */
export type HeaderReader = (name: string) => string | undefined;

/** A request as the routes see it, whatever serves HTTP: Fastify, or MSW in the tests of a front end. */
export interface HttpCall {
  readonly header: HeaderReader;
  readonly query: URLSearchParams;
  /** The media type of the body in lower case, without parameters; empty where the client names none. */
  readonly bodyType: string;
  /** UTF-8; empty where the request has none. */
  readonly body: string;
  readonly client: ClientInfo;
}

/** Header fields of an answer; one with several values is sent several times. */
export type ReplyHeaders = Readonly<Record<string, string | string[]>>;

/** The answer to a request, for whatever serves HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers?: ReplyHeaders;
  readonly body?: string | Uint8Array;
}

/** The media type of a `Content-Type` header in lower case, without parameters (RFC 9110 §8.3.1). */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
}
