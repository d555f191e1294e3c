import { readFile, stat } from 'node:fs/promises';
import { oneLine } from '../reporters/text.ts';
import { matches } from '../run/select.ts';
import { JsonTextError, type JsonWithLines, parseJsonWithLines } from './json-lines.ts';

/** A clause that is known to fail. */
export interface KnownFailure {
  /** Name of the target, or a pattern with `*`; missing: any target. `emulator` is the suite's own. */
  readonly target?: string;
  /** Id of the clause, or a pattern with `*`. */
  readonly id: string;
  readonly reason: string;
  /** The last day (UTC) on which the entry counts, `YYYY-MM-DD`; missing: for ever. */
  readonly until?: string;
}

/** A list of known failures cannot be used; the message is a sentence with file, line and field. */
export class KnownFileError extends Error {
  override readonly name = 'KnownFileError';
}

/** A list that people keep by hand is never longer. */
const sizeLimit = 1_000_000;
const textLimit = 2000;
const fields = ['target', 'id', 'reason', 'until'];

/**
 * Reads a file of known failures: a JSON list of objects with `id` and `reason`, and perhaps `target` and `until`.
 * @param clauseIds ids of all clauses there are: an entry that means none of them is a mistake
 * @throws KnownFileError where it cannot be read, or an entry is wrong
 */
export async function readKnownFile(path: string, clauseIds: readonly string[]): Promise<KnownFailure[]> {
  const text = await readText(path);
  try {
    return parseKnown(text, clauseIds);
  } catch (error) {
    if (!(error instanceof KnownFileError || error instanceof JsonTextError)) throw error;
    throw new KnownFileError(`${path}: ${error.message}`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > sizeLimit) throw new Error(`it is larger than ${sizeLimit / 1e6} MB`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new KnownFileError(`the known failures in ${path} cannot be read: ${(error as Error).message}`);
  }
}

/**
 * @throws JsonTextError where it is no JSON
 * @throws KnownFileError where an entry is wrong
 */
export function parseKnown(text: string, clauseIds: readonly string[]): KnownFailure[] {
  const json = parseJsonWithLines(text);
  if (!Array.isArray(json.value)) throw refusal(json, [], 'known failures are a list: [ … ]');
  return json.value.map((entry, index) => {
    const known = readEntry(json, entry, index);
    if (!clauseIds.some((id) => matches(id, known.id))) {
      const what = `no clause is called ${oneLine(known.id)}; mosaic2 conformance --list shows them all`;
      throw refusal(json, [index, 'id'], what);
    }
    return known;
  });
}

function readEntry(json: JsonWithLines, entry: unknown, index: number): KnownFailure {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw refusal(json, [index], 'an entry is an object: { "id": …, "reason": … }');
  }
  for (const [name, value] of Object.entries(entry)) {
    const path = [index, name];
    if (!fields.includes(name))
      throw refusal(json, path, `there is no such field; there are ${fields.join(', ')}`);
    if (typeof value !== 'string' || value.trim() === '') throw refusal(json, path, 'a text is wanted here');
    if (value.length > textLimit) throw refusal(json, path, `a text has at most ${textLimit} characters`);
  }
  const { target, id, reason, until } = entry as Partial<Record<keyof KnownFailure, string>>;
  if (id === undefined) throw refusal(json, [index, 'id'], 'it is missing: which clause fails?');
  if (reason === undefined)
    throw refusal(json, [index, 'reason'], 'it is missing: why does the clause fail?');
  if (until !== undefined && !isDay(until)) {
    throw refusal(json, [index, 'until'], 'a day is wanted here, as in 2027-01-31');
  }
  return { id, reason, ...(target !== undefined && { target }), ...(until !== undefined && { until }) };
}

function isDay(text: string): boolean {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // The 31st of a month that has 30 days is read as the next one's first.
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

function refusal(json: JsonWithLines, path: readonly (string | number)[], sentence: string): KnownFileError {
  const field = path.length > 1 ? `, ${oneLine(String(path[1]))} of entry ${Number(path[0]) + 1}` : '';
  const entry = path.length === 1 ? `, entry ${Number(path[0]) + 1}` : '';
  return new KnownFileError(`line ${json.lineOf(path)}${entry}${field}: ${sentence}`);
}
