import { HttpError } from './errors.ts';

/** A user with a password, as `edit_auth` and `view_auth` name one. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Says whether what was given is the secret that is wanted. */
export type SecretCheck = (wanted: string, given: string) => boolean;

/** Checks the `Authorization` header of a request. */
export type Guard = (authorization: string | undefined) => void;

export interface GuardOptions {
  /** Pairs that open the door; none configured means it stands open. */
  readonly pairs: readonly Credentials[];
  /** In `WWW-Authenticate: Basic realm="…"`. */
  readonly realm: string;
  /** True: `Bearer base64(user:pass)` counts too, as in the v3 API. */
  readonly acceptBearer?: boolean;
  readonly isSame: SecretCheck;
}

/**
 * Makes a check for HTTP Basic (RFC 7617).
 *
 * @returns a function that throws `HttpError` `unauthorized` where the header holds none of the pairs
 */
export function createGuard({ pairs, realm, acceptBearer, isSame }: GuardOptions): Guard {
  const accepted = pairs.map(({ user, password }) => `${user}:${password}`);
  const schemes = acceptBearer ? ['basic', 'bearer'] : ['basic'];
  const challenge = `Basic ${realmOf(realm)}`;

  return (authorization) => {
    if (accepted.length === 0) return;
    const given = readPair(authorization, schemes);
    if (given === undefined)
      throw unauthorized('This call needs a user and a password (HTTP Basic).', challenge);
    // Every pair is compared, whatever the ones before it gave.
    const matches = accepted.map((wanted) => isSame(wanted, given));
    if (!matches.includes(true)) throw unauthorized('The user or the password is wrong.', challenge);
  };
}

/** The token of `Authorization: Bearer TOKEN`, with which WHIP clients hand a password over (RFC 9725 §4.7.1). */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/**
 * Asks for a Bearer token (RFC 6750 §3).
 *
 * @param given true: there was one, and it is wrong
 */
export function bearerChallenge(realm: string, given: boolean): string {
  return `Bearer ${realmOf(realm)}${given ? ', error="invalid_token"' : ''}`;
}

function realmOf(realm: string): string {
  return `realm="${realm.replace(/["\\]/g, '\\$&')}"`;
}

function readPair(authorization: string | undefined, schemes: readonly string[]): string | undefined {
  const [, scheme, token] = /^([a-z]+) +([a-z0-9+/=_-]+) *$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || token === undefined || !schemes.includes(scheme.toLowerCase()))
    return undefined;
  return decodeBase64(token);
}

/** With the letters of either alphabet (RFC 4648 §4, §5); `undefined` where it gives no UTF-8. */
function decodeBase64(token: string): string | undefined {
  try {
    const binary = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unauthorized(detail: string, challenge: string): HttpError {
  return new HttpError('unauthorized', detail, { 'www-authenticate': challenge });
}
