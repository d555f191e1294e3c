/**
 * A profile file may say where its values come from, in a member of its own beside them. It changes nothing; it is
 * checked all the same, so that what stands there can be relied upon, and a slip in it is told.
 */

/** Where one value, or one thing that was seen, comes from. */
export interface Provenance {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What was sent and what came, one line for each. */
  readonly evidence: readonly string[];
}

/** The member `recorded` of a profile file. */
export interface RecordedSection {
  /** The server, without credentials. */
  readonly target: string;
  /** What it called itself; missing where it sends no such header. */
  readonly server?: string;
  readonly startedAt: string;
  readonly toolVersion: string;
  /** By path of the profile: `rooms.allName`. */
  readonly fields: Readonly<Record<string, Provenance>>;
  /** What was seen that no field of the profile stands for, by a name of its own. */
  readonly observations: Readonly<Record<string, Provenance & { readonly saw: string }>>;
  /** By path: why it could not be observed. */
  readonly unknown: Readonly<Record<string, string>>;
}

type Check = (value: unknown, path: string) => string[];

const mostEntries = 500;
const longestText = 10_000;

/**
 * What is wrong with the section, one sentence for each.
 * @param isField whether a path is one of the profile
 */
export function recordedProblems(section: unknown, isField: (path: string) => boolean): string[] {
  const known =
    (inner: Check): Check =>
    (value, path) =>
      entriesOf(value, path, (key, entry, entryPath) =>
        isField(key) ? inner(entry, entryPath) : [`${path}: ${show(key)} is no path of the profile`],
      );
  return members(
    {
      target: text,
      server: text,
      startedAt: date,
      toolVersion: text,
      fields: known(members({ at: date, evidence: texts })),
      observations: (value, path) =>
        entriesOf(value, path, (_key, entry, entryPath) =>
          members({ saw: text, at: date, evidence: texts })(entry, entryPath),
        ),
      unknown: known(text),
    },
    ['server'],
  )(section, 'recorded');
}

/** An object with these members, and no others. */
function members(checks: Readonly<Record<string, Check>>, optional: readonly string[] = []): Check {
  return (value, path) => {
    if (!isObject(value)) return [`${path}: expected an object`];
    const surplus = Object.keys(value).filter((key) => !Object.hasOwn(checks, key));
    return [
      ...surplus.slice(0, 10).map((key) => `unknown key ${path}.${show(key)}`),
      ...Object.entries(checks).flatMap(([key, check]) => {
        if (!Object.hasOwn(value, key)) return optional.includes(key) ? [] : [`${path}.${key}: is missing`];
        return check(value[key], `${path}.${key}`);
      }),
    ];
  };
}

function entriesOf(
  value: unknown,
  path: string,
  check: (key: string, entry: unknown, path: string) => string[],
): string[] {
  if (!isObject(value)) return [`${path}: expected an object`];
  const entries = Object.entries(value);
  if (entries.length > mostEntries) return [`${path}: more than ${mostEntries} entries`];
  return entries.flatMap(([key, entry]) => check(key, entry, `${path}.${show(key)}`)).slice(0, 20);
}

function text(value: unknown, path: string): string[] {
  const fits = typeof value === 'string' && value.length <= longestText;
  return fits ? [] : [`${path}: expected a string of at most ${longestText} characters`];
}

function texts(value: unknown, path: string): string[] {
  const fits =
    Array.isArray(value) && value.length <= 100 && value.every((one) => text(one, path).length === 0);
  return fits ? [] : [`${path}: expected a list of at most 100 strings`];
}

function date(value: unknown, path: string): string[] {
  const fits = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  return fits && !Number.isNaN(Date.parse(value))
    ? []
    : [`${path}: expected a time like 2026-01-31T12:00:00Z`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
