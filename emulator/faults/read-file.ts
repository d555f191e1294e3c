import { isObject, parseJson, show, unknownKey, wholeNumber } from '../value-checks.ts';
import { readRule } from './read-rule.ts';
import { type FaultOptions, type FaultRule, FaultRuleError } from './types.ts';

const maxTextLength = 5_000_000;
const keys = ['seed', 'rules', 'api'];
const seed = wholeNumber(0, 2 ** 32 - 1);

/**
 * Reads a file of faults: `{"seed":7,"rules":[…],"api":true}`, or a list of rules alone.
 * @throws FaultRuleError with a line for every problem, by file and field
 */
export function parseFaults(text: string, fileName: string): FaultOptions {
  const fail = (...problems: string[]) =>
    new FaultRuleError(problems.map((problem) => `${fileName}: ${problem}`));
  if (text.length > maxTextLength) throw fail(`longer than ${maxTextLength} characters`);
  try {
    const json = parseJson(text);
    return readFaultOptions(Array.isArray(json) ? { rules: json } : json);
  } catch (error) {
    if (error instanceof SyntaxError) throw fail(error.message);
    if (error instanceof FaultRuleError) throw fail(...error.problems);
    throw error;
  }
}

/**
 * Checks options whoever made them.
 * @throws FaultRuleError
 */
export function readFaultOptions(options: unknown): FaultOptions {
  if (!isObject(options)) {
    throw new FaultRuleError([`expected an object with seed, rules and api, not ${show(options)}`]);
  }
  const problems = Object.keys(options)
    .filter((key) => !keys.includes(key))
    .map((key) => unknownKey('', key, keys));
  const { rules = [], api = false } = options;
  const wrongSeed = seed(options.seed ?? 1);
  if (wrongSeed !== undefined) problems.push(`seed: expected ${wrongSeed}, not ${show(options.seed)}`);
  if (typeof api !== 'boolean') problems.push(`api: expected true or false, not ${show(api)}`);
  const read: FaultRule[] = [];
  if (!Array.isArray(rules)) problems.push(`rules: expected a list, not ${show(rules)}`);
  for (const [index, rule] of (Array.isArray(rules) ? rules : []).entries()) {
    try {
      read.push(readRule(rule, `rules[${index}]`));
    } catch (error) {
      if (!(error instanceof FaultRuleError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new FaultRuleError(problems);
  return { seed: (options.seed as number | undefined) ?? 1, rules: read, api: api as boolean };
}
