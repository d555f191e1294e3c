import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Profile } from '../profile.ts';
import { errorBody, errorStatus, HttpError, type HttpErrorKind } from './errors.ts';

/**
 * Answers what Node refuses before there is a request: text that is no HTTP, headers that are too large,
 * requests that take too long to arrive, expectations nobody knows. Same JSON, same `Server` header as
 * everywhere; the connection ends.
 */
export function answerRawErrors(server: Server, profile: Profile): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [kind, detail] = explain(error.code);
    endWithError(socket, profile, new HttpError(kind, detail));
  });
  server.on('checkExpectation', (request, _response) => {
    const detail = 'The server knows no expectation but 100-continue.';
    endWithError(request.socket, profile, new HttpError('expectation-failed', detail));
  });
}

function explain(code: string | undefined): [HttpErrorKind, string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['headers-too-large', 'The request line and headers are too large.'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['request-timeout', 'The request took too long to arrive.'];
    case 'HPE_INVALID_URL':
      return ['bad-request', 'The path holds characters that must be percent-encoded.'];
    default:
      return ['bad-request', 'This is no HTTP request that can be read.'];
  }
}

/** Answers a request on a connection that HTTP has let go of, and ends it. */
export function endWithError(socket: Duplex, profile: Profile, error: HttpError): void {
  const status = errorStatus(profile, error.kind);
  const body = errorBody(error.kind, error.message);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    `Server: ${profile.server.header}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(error.headers).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
