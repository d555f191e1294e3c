import { closest } from './config/closest.ts';

/** A check of a value from JSON; returns what is expected, where the value is bad. */
export type Check = (value: unknown) => string | undefined;

export function wholeNumber(least: number, most: number, what = 'a whole number'): Check {
  return (value) => {
    const fits = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    return fits ? undefined : `${what} from ${least} to ${most}`;
  };
}

export function oneOf(allowed: readonly string[]): Check {
  return (value) =>
    typeof value === 'string' && allowed.includes(value)
      ? undefined
      : `one of ${allowed.map((word) => JSON.stringify(word)).join(', ')}`;
}

export function text(value: unknown): string | undefined {
  const fits = typeof value === 'string' && value.length >= 1 && value.length <= 255;
  return fits ? undefined : 'a string of 1 to 255 characters';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value for a sentence, on one line. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return cut(JSON.stringify(value) ?? String(value));
}

/** As much of a text as a sentence can hold. */
export function cut(long: string): string {
  return long.length > 60 ? `${long.slice(0, 60)}…` : long;
}

/**
 * Says that there is no such key, and which was meant.
 * @param prefix of all keys in the sentence: `rooms.`, or nothing
 */
export function unknownKey(prefix: string, key: string, known: readonly string[]): string {
  const meant = closest(key, known);
  const hint = meant === undefined ? `; known are ${known.join(', ')}` : `, did you mean ${prefix}${meant}?`;
  return `unknown key ${cut(`${prefix}${key}`)}${hint}`;
}

/** What each member of an object may hold; all may be missing. */
export type Fields = Readonly<Record<string, Check>>;

/**
 * Checks the members of an object: `do.status: expected an HTTP status from 400 to 599, not 200`.
 * @param prefix of all keys in the sentences: `do.`, or nothing
 */
export function fieldProblems(value: object, fields: Fields, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (check === undefined) return [unknownKey(prefix, key, Object.keys(fields))];
    // JSON has no such values; a program leaves things out this way.
    if (inner === undefined) return [];
    const expected = check(inner);
    return expected === undefined ? [] : [`${prefix}${key}: expected ${expected}, not ${show(inner)}`];
  });
}

/**
 * Reads a JSON file.
 * @throws SyntaxError whose message stands for itself
 */
export function parseJson(file: string): unknown {
  try {
    // Editors on Windows write a byte order mark, which JSON.parse refuses.
    return JSON.parse(file.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SyntaxError(`not valid JSON: ${(error as SyntaxError).message}`);
  }
}
