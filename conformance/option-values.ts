import { InvalidArgumentError } from 'commander';
import { parsePatterns } from './run/select.ts';

/** Globs, separated by commas; the option may be repeated. */
export function collectPatterns(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...parsePatterns(text)];
}

/** The seed of a run. @throws InvalidArgumentError */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 31) return seed;
  throw new InvalidArgumentError('A seed is a whole number below 2147483648.');
}

/** How much is done side by side, at most 16. @throws InvalidArgumentError */
export function parseJobs(text: string): number {
  const jobs = Number(text);
  if (/^\d+$/.test(text) && jobs >= 1 && jobs <= 16) return jobs;
  throw new InvalidArgumentError('It is a whole number from 1 to 16.');
}

/** Reads an option's value by what throws a sentence for whoever gave it. */
export function valueBy<Value>(parse: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}
