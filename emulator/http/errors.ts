import type { ErrorKind, Profile } from '../profile.ts';
import { TrackSelectionError } from '../rooms/track-selection.ts';
import { InvalidSdpError } from '../webrtc/types.ts';
import { PublishForbiddenError, StreamNotFoundError } from './services.ts';

/**
 * Status of the errors that belong to HTTP and its standards, not to the mosaic's commands, so the profile has
 * no say in them (RFC 9110 §15, RFC 6585, RFC 9725 §4).
 */
const statusOfHttpKind = {
  'bad-request': 400,
  'bad-sdp': 400,
  forbidden: 403,
  'unknown-session': 404,
  'request-timeout': 408,
  'precondition-failed': 412,
  'body-too-large': 413,
  'uri-too-long': 414,
  'unsupported-media-type': 415,
  'expectation-failed': 417,
  'upgrade-required': 426,
  'precondition-required': 428,
  'headers-too-large': 431,
  'internal-error': 500,
  'not-implemented': 501,
  unavailable: 503,
} as const;

/** What can be wrong with a request; the `error` member of the answer's body. */
export type HttpErrorKind = ErrorKind | keyof typeof statusOfHttpKind;

/** A request that is answered with an error. The message is a sentence for the person who sees the answer. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: HttpErrorKind;
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: HttpErrorKind, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.kind = kind;
    this.headers = headers;
  }
}

/** The HTTP status of a kind of error. */
export function errorStatus(profile: Profile, kind: HttpErrorKind): number {
  return kind in statusOfHttpKind
    ? statusOfHttpKind[kind as keyof typeof statusOfHttpKind]
    : profile.errors.status[kind as ErrorKind];
}

/** The body of every error: one line of JSON, `{"error":"unknown-stream","detail":"There is no stream \"x\"."}`. */
export function errorBody(kind: HttpErrorKind, detail: string): string {
  return `${JSON.stringify({ error: kind, detail })}\n`;
}

/**
 * Makes an error for the client out of whatever was thrown.
 *
 * @returns `undefined` where the error is a fault of the server and none of the client's business
 */
export function toHttpError(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error;
  if (error instanceof InvalidSdpError) return new HttpError('bad-sdp', sentence(error.message));
  if (error instanceof StreamNotFoundError) return new HttpError('unknown-stream', error.message);
  if (error instanceof PublishForbiddenError) return new HttpError('forbidden', error.message);
  if (error instanceof TrackSelectionError) return new HttpError('bad-value', error.message);
  if (isClientError(error)) return new HttpError('bad-request', error.message);
  return undefined;
}

/** Fastify's own complaints about a request carry a status below 500. */
function isClientError(error: unknown): error is Error {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}

/** As a person expects it: with a capital letter and a full stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
