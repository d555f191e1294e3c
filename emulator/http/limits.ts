import { HttpError } from './errors.ts';

/** Largest request body: 1 MB. */
export const maxBodyBytes = 1_000_000;

/** Longest path with query, in characters. */
const maxTargetLength = 8192;

/**
 * @param target path and query, as in the request line
 * @throws HttpError `uri-too-long`
 */
export function requireShortTarget(target: string): void {
  if (target.length <= maxTargetLength) return;
  throw new HttpError('uri-too-long', `The path is longer than ${maxTargetLength} characters.`);
}

/** For a path that is no percent-encoded UTF-8. */
export function malformedTarget(): HttpError {
  return new HttpError('bad-request', 'The path holds a malformed percent-encoding.');
}

/** For a body that nobody will read. */
export function bodyTooLarge(limitBytes = maxBodyBytes): HttpError {
  return new HttpError('body-too-large', `The body is larger than ${limitBytes} bytes.`);
}
