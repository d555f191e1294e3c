import { readFile } from 'node:fs/promises';

/** What a server is expected to decide where the documentation is silent, by path: `rooms.allName`. */
export interface ExpectedProfile {
  /** The file it comes from. */
  readonly name: string;
  /** Every path has a value: those that the file does not name have the default. */
  readonly values: ReadonlyMap<string, unknown>;
}

/** A profile cannot be used; the message has one line for each problem. */
export class ProfileFileError extends Error {
  override readonly name = 'ProfileFileError';
}

/**
 * Reads a profile as the emulator does.
 * @throws ProfileFileError where it cannot be read, or is no profile
 */
export async function readProfileFile(file: string): Promise<ExpectedProfile> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new ProfileFileError(`${file} cannot be read: ${cause.message}`, { cause });
  });
  return expectedProfile(text, file);
}

/** @throws ProfileFileError where it is no profile */
export async function expectedProfile(text: string, name: string): Promise<ExpectedProfile> {
  const { ProfileError, parseProfile, profilePaths } = await import('../../emulator/index.ts');
  try {
    const profile = parseProfile(text, name);
    return { name, values: new Map(profilePaths().map((path) => [path, valueAt(profile, path)])) };
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new ProfileFileError(error.message, { cause: error });
  }
}

/** What of a profile cannot be used, by path of the value it is about; empty where it can. */
export async function profileProblems(values: ReadonlyMap<string, unknown>): Promise<Map<string, string>> {
  const { ProfileError, parseProfile } = await import('../../emulator/index.ts');
  try {
    parseProfile(JSON.stringify(nestedValues(values)), 'profile');
    return new Map();
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    return new Map(
      error.problems.map((problem) => {
        const [, path = '', what = problem] = /^profile: ([\w.-]+): (.*)$/s.exec(problem) ?? [];
        return [path, what];
      }),
    );
  }
}

/** `rooms.allName` becomes `{"rooms":{"allName":…}}`. */
export function nestedValues(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let at = nested;
    for (const key of keys) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return nested;
}

function valueAt(profile: unknown, path: string): unknown {
  return path.split('.').reduce((inner, key) => (inner as Record<string, unknown>)[key], profile);
}
