import { defaultCommandTable } from '../rooms/command-table.ts';
import {
  type Check,
  type Fields,
  fieldProblems,
  isObject,
  oneOf,
  show,
  text,
  wholeNumber,
} from '../value-checks.ts';
import { type FaultRule, FaultRuleError } from './types.ts';

/** Longest delay: no test waits longer, and nothing is kept longer. */
const maxDelayMs = 300_000;
const mostBodyLetters = 1_000_000;
const maxWindowMs = 86_400_000;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The documented commands, in the spelling with `_`. */
export const commandNames: readonly string[] = [
  ...new Set([defaultCommandTable.manager, defaultCommandTable.room].flatMap(Object.keys).map(commandName)),
];

/** Both spellings of a command's name are one. */
export function commandName(written: string): string {
  return written.replaceAll('-', '_');
}

const probability = within(0, 1);
const delay = wholeNumber(0, maxDelayMs, 'a whole number of milliseconds');
const moment = wholeNumber(0, maxWindowMs, 'a whole number of milliseconds');
const anything: Check = () => undefined;
const id: Check = (value) =>
  typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value)
    ? undefined
    : '1 to 64 letters, digits and characters of "_.:-"';

const httpMatch: Fields = {
  method: oneOf(methods),
  path: text,
  command: (value) => oneOf(commandNames)(typeof value === 'string' ? commandName(value) : value),
  stream: text,
  room: text,
};
const httpFault: Fields = {
  status: wholeNumber(400, 599, 'an HTTP status'),
  body: json,
  headers: headerFields,
  drop: (value) => (value === true ? undefined : 'true'),
  truncate: within(0, mostBodyLetters),
  delayMs: delayOrRange,
  when: oneOf(['before', 'after']),
};
const httpRule: Fields = {
  id,
  on: anything,
  do: anything,
  after: wholeNumber(0, 1_000_000),
  times: wholeNumber(1, 1_000_000),
  probability,
};

const packetMatch: Fields = {
  direction: oneOf(['in', 'out']),
  stream: text,
  room: text,
  kind: oneOf(['audio', 'video', 'any']),
};
const packetFault: Fields = {
  lose: (value) =>
    isObject(value) ? undefined : probability(value) && `${probability(value)}, or an object`,
  duplicate: probability,
  reorder: probability,
  delayMs: delay,
  jitterMs: delay,
};
const burst: Fields = {
  toBad: probability,
  toGood: probability,
  lossInBad: probability,
  lossInGood: probability,
};
const packetRule: Fields = { id, on: anything, do: anything, fromMs: moment, untilMs: moment };

/**
 * Reads a rule from JSON, or from a program that is not to be trusted with types.
 * @param path in front of the problems: `rules[0]`
 * @throws FaultRuleError
 */
export function readRule(json: unknown, path = ''): FaultRule {
  const problems = ruleProblems(json).map((problem) => (path === '' ? problem : join(path, problem)));
  if (problems.length > 0) throw new FaultRuleError(problems);
  // A copy: what the caller changes later changes no rule.
  return JSON.parse(JSON.stringify(json)) as FaultRule;
}

function ruleProblems(rule: unknown): string[] {
  if (!isObject(rule)) return [`expected an object with "on" and "do", not ${show(rule)}`];
  const { on, do: fault } = rule;
  const missing = ['on', 'do'].filter((key) => !isObject(rule[key]));
  if (!isObject(on) || !isObject(fault)) {
    return missing.map((key) => `${key}: expected an object, not ${show(rule[key])}`);
  }
  return isPacketRule(on, fault) ? packetProblems(rule, on, fault) : httpProblems(rule, on, fault);
}

/** What only rules on packets have tells them apart. */
function isPacketRule(on: object, fault: object): boolean {
  const has = (value: object, keys: readonly string[]) => keys.some((key) => Object.hasOwn(value, key));
  return has(on, ['direction', 'kind']) || has(fault, ['lose', 'duplicate', 'reorder', 'jitterMs']);
}

function httpProblems(rule: object, on: object, fault: object): string[] {
  const problems = [
    ...fieldProblems(rule, httpRule, ''),
    ...fieldProblems(on, httpMatch, 'on.'),
    ...fieldProblems(fault, httpFault, 'do.'),
  ];
  const endings = ['status', 'drop', 'truncate'].filter((key) => Object.hasOwn(fault, key));
  if (endings.length > 1) problems.push(`do: only one of ${endings.join(' and ')} can be done`);
  if (endings.length === 0 && !Object.hasOwn(fault, 'delayMs'))
    problems.push('do: needs status, drop, truncate or delayMs');
  for (const key of ['body', 'headers']) {
    if (Object.hasOwn(fault, key) && !endings.includes('status')) problems.push(`do.${key}: needs a status`);
  }
  return problems;
}

function packetProblems(rule: object, on: object, fault: object & { lose?: unknown }): string[] {
  const problems = [
    ...fieldProblems(rule, packetRule, ''),
    ...fieldProblems(on, packetMatch, 'on.'),
    ...fieldProblems(fault, packetFault, 'do.'),
  ];
  if (!Object.hasOwn(on, 'direction')) problems.push('on.direction: a rule on packets needs "in" or "out"');
  if (Object.keys(fault).length === 0) {
    problems.push(`do: needs at least one of ${Object.keys(packetFault).join(', ')}`);
  }
  const { fromMs = 0, untilMs = Number.POSITIVE_INFINITY } = rule as { fromMs?: unknown; untilMs?: unknown };
  if (typeof fromMs === 'number' && typeof untilMs === 'number' && fromMs >= untilMs)
    problems.push('untilMs: must be more than fromMs');
  if (isObject(fault.lose)) {
    problems.push(...fieldProblems(fault.lose, burst, 'do.lose.'));
    for (const key of ['toBad', 'toGood']) {
      if (!Object.hasOwn(fault.lose, key)) problems.push(`do.lose.${key}: is missing`);
    }
  }
  return problems;
}

/** `rules[0]` and `do.status: …` make `rules[0].do.status: …`. */
function join(path: string, problem: string): string {
  return /^(unknown|expected) /.test(problem) ? `${path}: ${problem}` : `${path}.${problem}`;
}

function within(least: number, most: number): Check {
  return (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? undefined
      : `a number from ${least} to ${most}`;
}

function delayOrRange(value: unknown): string | undefined {
  if (!Array.isArray(value)) return delay(value) && `${delay(value)}, or two of them`;
  const fits = value.length === 2 && value.every((one) => delay(one) === undefined) && value[0] <= value[1];
  return fits ? undefined : `two delays, the least and the most, each ${delay(undefined)}`;
}

/** Anything that has a text of its own: no functions, no circles, nothing nested without end. */
function json(value: unknown): string | undefined {
  try {
    const written: string | undefined = JSON.stringify(value);
    if (written !== undefined && written.length <= mostBodyLetters) return undefined;
  } catch {
    // Cannot be written.
  }
  return `a text or JSON, ${mostBodyLetters} characters at most`;
}

/** Node refuses other names and values, and some are its own to set (RFC 9110 §5.1, §5.5). */
function headerFields(value: unknown): string | undefined {
  const expected = 'an object of header fields, none of them content-length, connection or transfer-encoding';
  if (!isObject(value) || Object.keys(value).length > 20) return expected;
  const fits = Object.entries(value).every(
    ([name, field]) =>
      /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) &&
      !['content-length', 'connection', 'transfer-encoding'].includes(name.toLowerCase()) &&
      typeof field === 'string' &&
      /^[ -~]{0,1000}$/.test(field),
  );
  return fits ? undefined : expected;
}
