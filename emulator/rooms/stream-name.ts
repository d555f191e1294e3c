/** Longest name of a stream or room, in UTF-16 units. */
export const maxNameLength = 255;

/**
 * Says why a text cannot name a stream or a room, as the end of a sentence, or `undefined` where it can.
 * Inner slashes, spaces, quotes, markup and any script are data. Refused is what no URL can carry: an empty
 * name, slashes at the ends, the segments `.` and `..` (every URL parser removes them), control characters
 * and halves of surrogate pairs.
 */
export function streamNameProblem(name: string): string | undefined {
  if (name === '') return 'a name must not be empty';
  if (name.length > maxNameLength) return `a name has at most ${maxNameLength} characters`;
  if (/\p{Cc}/u.test(name)) return 'a name must not hold control characters';
  if (/\p{Cs}/u.test(name)) return 'a name must be well-formed Unicode';
  if (name.startsWith('/') || name.endsWith('/')) return 'a name must not start or end with a slash';
  if (name.split('/').some((segment) => segment === '.' || segment === '..')) {
    return 'a name must not hold the segments "." and ".."';
  }
  return undefined;
}
