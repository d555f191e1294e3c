import { ConfigError } from './diagnostics.ts';
import { formatWord } from './format-config.ts';
import { parseConfig } from './parse-config.ts';
import { mosaicOptions } from './read-input.ts';
import type { StreamConfig } from './types.ts';

/** A stream that somebody wants to configure while the server runs cannot be; the message says why. */
export class StreamSettingsError extends Error {
  override readonly name = 'StreamSettingsError';
}

/** The inputs that a stream may have here. */
const knownUrls = ['mosaic2://', 'publish://'];
const mostInputs = 10;

/**
 * Reads the JSON of a stream as the v3 API takes it: `{"inputs":[{"url":"mosaic2://","disable_video":false}]}`,
 * and a `password` where one is wanted. The options of an input are the words of the configuration file, and so
 * are their values, for it is the file's own reader that checks them.
 * @param name from the path; a `name` in the body has to be the same
 * @throws StreamSettingsError
 */
export function streamFromJson(name: string, json: unknown): StreamConfig {
  const { name: inBody = name, inputs, password, ...rest } = requireObject(json, 'the stream');
  if (inBody !== name) throw new StreamSettingsError('the name in the body is another one than in the path');
  requireNoMore(rest, ['name', 'inputs', 'password']);
  if (!Array.isArray(inputs) || inputs.length === 0 || inputs.length > mostInputs) {
    throw new StreamSettingsError(`inputs must be a list of 1 to ${mostInputs} objects, each with a url`);
  }
  const lines = inputs.map((input) => `input ${inputWords(input).map(formatWord).join(' ')};`);
  if (password !== undefined) lines.push(`password ${formatWord(requireText(password, 'password'))};`);
  try {
    return parseConfig(`stream ${formatWord(name)} { ${lines.join(' ')} }`, 'the stream').streams[0]!;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new StreamSettingsError(error.message, { cause: error });
  }
}

function inputWords(input: unknown): string[] {
  const { url, ...options } = requireObject(input, 'an input');
  if (typeof url !== 'string' || !knownUrls.includes(url)) {
    throw new StreamSettingsError(`the url of an input must be one of ${knownUrls.join(', ')}`);
  }
  requireNoMore(options, url === 'mosaic2://' ? mosaicOptions : []);
  // Objects with equal keys have one value each, as the file wants it: no option stands twice.
  return [url, ...Object.entries(options).map(([key, value]) => `${key}=${requireScalar(value, key)}`)];
}

function requireNoMore(rest: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const unknown = Object.keys(rest).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new StreamSettingsError(
    `${JSON.stringify(unknown.slice(0, 60))} is not known here${known.length > 0 ? `, only ${known.join(', ')}` : ''}`,
  );
}

function requireObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new StreamSettingsError(`${what} must be an object`);
}

function requireText(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new StreamSettingsError(`${what} must be a string that is not empty`);
}

function requireScalar(value: unknown, what: string): string {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return String(value);
  throw new StreamSettingsError(`${what} must be a string, a number, or true or false`);
}
