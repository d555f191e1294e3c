import type { Target } from '../targets/target.ts';

/**
 * The `user:password@` of a URL; empty where there is no user. An apostrophe is encoded too, which
 * `encodeURIComponent` leaves alone: the documented lines put the URL between apostrophes.
 */
export function userInfo({ user, password }: Target['credentials']): string {
  return user === '' ? '' : `${encoded(user)}:${encoded(password)}@`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27');
}
