import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpError } from './errors.ts';

/** A user with a password, as `edit_auth` and `view_auth` name one. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Checks the `Authorization` header of a request. */
export type Guard = (authorization: string | undefined) => void;

export interface GuardOptions {
  /** Pairs that open the door; none configured means it stands open. */
  readonly pairs: readonly Credentials[];
  /** In `WWW-Authenticate: Basic realm="…"`. */
  readonly realm: string;
  /** True: `Bearer base64(user:pass)` counts too, as in the v3 API. */
  readonly acceptBearer?: boolean;
}

/**
 * Makes a check for HTTP Basic (RFC 7617). How long it takes tells nothing about the right password.
 *
 * @returns a function that throws `HttpError` `unauthorized` where the header holds none of the pairs
 */
export function createGuard(options: GuardOptions): Guard {
  const accepted = options.pairs.map(({ user, password }) => sha256(Buffer.from(`${user}:${password}`)));
  const schemes = options.acceptBearer ? ['basic', 'bearer'] : ['basic'];
  const challenge = `Basic ${realmOf(options.realm)}`;

  return (authorization) => {
    if (accepted.length === 0) return;
    const given = readPair(authorization, schemes);
    if (given === undefined)
      throw unauthorized('This call needs a user and a password (HTTP Basic).', challenge);
    const hash = sha256(given);
    // Every pair is compared, whatever the ones before it gave.
    const matches = accepted.map((wanted) => timingSafeEqual(wanted, hash));
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

/** Compares two secrets in a time that tells nothing about either. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(sha256(Buffer.from(one)), sha256(Buffer.from(other)));
}

function realmOf(realm: string): string {
  return `realm="${realm.replace(/["\\]/g, '\\$&')}"`;
}

function readPair(authorization: string | undefined, schemes: readonly string[]): Buffer | undefined {
  const [, scheme, token] = /^([a-z]+) +([a-z0-9+/=_-]+) *$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || token === undefined || !schemes.includes(scheme.toLowerCase()))
    return undefined;
  return Buffer.from(token, 'base64');
}

function unauthorized(detail: string, challenge: string): HttpError {
  return new HttpError('unauthorized', detail, { 'www-authenticate': challenge });
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
