/** A value is not what it has to be; `path` says where, the message why. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/**
 * Takes a value from outside, or throws a CheckError. What comes out is made anew and holds only what is known.
 * @param path where the value stands, such as `results[3].clause`
 */
export type Check<T> = (value: unknown, path: string) => T;

/** A field that may be missing. */
interface OptionalField<T> {
  readonly optional: Check<T>;
}

/** A check for each field of an object. */
export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? OptionalField<Exclude<T[K], undefined>> : Check<T[K]>;
};

/** A text of any content. */
export const text: Check<string> = (value, path) => {
  if (typeof value === 'string') return value;
  throw new CheckError(path, 'a text is wanted');
};

/** A number; JSON has no word for infinities and what is no number, `null` stands for them. */
export const number: Check<number> = (value, path) => {
  if (typeof value === 'number') return value;
  if (value === null) return Number.NaN;
  throw new CheckError(path, 'a number is wanted');
};

/** A whole number within limits. */
export function wholeNumber(from: number, to: number): Check<number> {
  return (value, path) => {
    if (Number.isInteger(value) && Number(value) >= from && Number(value) <= to) return Number(value);
    throw new CheckError(path, `a whole number from ${from} to ${to} is wanted`);
  };
}

export const boolean: Check<boolean> = (value, path) => {
  if (typeof value === 'boolean') return value;
  throw new CheckError(path, 'true or false is wanted');
};

/** One of some texts. */
export function oneOf<const T extends string>(...allowed: readonly T[]): Check<T> {
  return (value, path) => {
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return found;
    throw new CheckError(path, `one of ${allowed.join(', ')} is wanted`);
  };
}

/** The value itself where it is `null`. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, path) => (value === null ? null : check(value, path));
}

/** A list. */
export function list<T>(item: Check<T>): Check<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new CheckError(path, 'a list is wanted');
    return value.map((one, index) => item(one, `${path}[${index}]`));
  };
}

/** An object with any names. */
export function record<T>(item: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value, path) => {
    const entries = Object.entries(plainObject(value, path));
    return Object.fromEntries(entries.map(([name, one]) => [name, item(one, within(path, name))]));
  };
}

/** A field that may be missing. */
export function optional<T>(check: Check<T>): OptionalField<T> {
  return { optional: check };
}

/** What stands for a missing value. */
export function withDefault<T>(check: Check<T>, fallback: T): Check<T> {
  return (value, path) => (value === undefined ? fallback : check(value, path));
}

/** An object with these fields; others are left out. */
export function object<T>(fields: Fields<T>): Check<T> {
  const checks = Object.entries(fields) as [string, Check<unknown> | OptionalField<unknown>][];
  return (value, path) => {
    const from = plainObject(value, path);
    const made: Record<string, unknown> = {};
    for (const [name, check] of checks) {
      const given = Object.hasOwn(from, name) ? from[name] : undefined;
      if (typeof check === 'function') made[name] = check(given, within(path, name));
      else if (given !== undefined) made[name] = check.optional(given, within(path, name));
    }
    return made as T;
  };
}

/**
 * One of several objects, told apart by their field `type`.
 * @param otherwise takes those of any other type
 */
export function variants<T extends { readonly type: string }>(
  checks: { readonly [Type in T['type']]: Check<Extract<T, { readonly type: Type }>> },
  otherwise: Check<T>,
): Check<T> {
  return (value, path) => {
    const name = text(plainObject(value, path).type, within(path, 'type'));
    const check = Object.hasOwn(checks, name) ? (checks[name as T['type']] as Check<T>) : otherwise;
    return check(value, path);
  };
}

function plainObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new CheckError(path, 'an object is wanted');
}

function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
