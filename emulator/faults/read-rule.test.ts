import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRule } from './read-rule.ts';
import { FaultRuleError } from './types.ts';

function problemsOf(rule: unknown): readonly string[] {
  try {
    readRule(rule);
    return [];
  } catch (error) {
    return (error as FaultRuleError).problems;
  }
}

describe('readRule', () => {
  it.each([
    { on: {}, do: { status: 503 } },
    {
      on: { command: 'mute-audio', stream: 'a*' },
      do: { delayMs: [10, 20], drop: true },
      times: 1,
      after: 2,
    },
    { on: { path: '/ui/*' }, do: { truncate: 0.5 }, probability: 0.5 },
    { on: {}, do: { status: 503, body: { any: ['thing'] }, headers: { 'retry-after': '2' }, when: 'after' } },
    { id: 'loss.1', on: { direction: 'in', kind: 'audio', stream: 'alice' }, do: { lose: 0.05 } },
    { on: { direction: 'out', room: 'demo' }, do: { lose: { toBad: 0.1, toGood: 0.5 } }, untilMs: 100 },
  ])('takes %j as it is', (rule) => {
    expect(readRule(rule)).toEqual(rule);
  });

  it.each([
    [7, 'expected an object with "on" and "do", not 7'],
    [{ on: {} }, 'do: expected an object, not undefined'],
    [{ on: {}, do: {} }, 'do: needs status, drop, truncate or delayMs'],
    [{ on: {}, do: { status: 200 } }, 'do.status: expected an HTTP status from 400 to 599, not 200'],
    [{ on: {}, do: { status: 500, drop: true } }, 'do: only one of status and drop can be done'],
    [{ on: {}, do: { drop: false } }, 'do.drop: expected true, not false'],
    [{ on: {}, do: { delayMs: 5, body: 'x' } }, 'do.body: needs a status'],
    [
      { on: {}, do: { delayMs: -1 } },
      'do.delayMs: expected a whole number of milliseconds from 0 to 300000, or two of them, not -1',
    ],
    [
      { on: {}, do: { delayMs: [5, 1] } },
      'do.delayMs: expected two delays, the least and the most, each a whole number of milliseconds from 0 to 300000, not a list',
    ],
    [{ on: { comand: 'stat' }, do: { drop: true } }, 'unknown key on.comand, did you mean on.command?'],
    [
      { on: { command: 'add_strem' }, do: { drop: true } },
      'on.command: expected one of "add_room", "remove_room", "list_room", "stats", "add_stream", "remove_stream", "stat", "mute_audio", "mute_video", not "add_strem"',
    ],
    [{ on: {}, do: { drop: true }, times: 0 }, 'times: expected a whole number from 1 to 1000000, not 0'],
    [{ on: {}, do: { drop: true }, probability: 2 }, 'probability: expected a number from 0 to 1, not 2'],
    [
      { id: 'a b', on: {}, do: { drop: true } },
      'id: expected 1 to 64 letters, digits and characters of "_.:-", not "a b"',
    ],
    [
      { on: {}, do: { status: 500, headers: { 'x\r\n': 'y' } } },
      'do.headers: expected an object of header fields, none of them content-length, connection or transfer-encoding, not an object',
    ],
    [
      { on: {}, do: { status: 500, body: () => 'x' } },
      'do.body: expected a text or JSON, 1000000 characters at most, not () => "x"',
    ],
    [{ on: { kind: 'audio' }, do: { lose: 1 } }, 'on.direction: a rule on packets needs "in" or "out"'],
    [
      { on: { direction: 'in' }, do: {} },
      'do: needs at least one of lose, duplicate, reorder, delayMs, jitterMs',
    ],
    [
      { on: { direction: 'in' }, do: { lose: 5 } },
      'do.lose: expected a number from 0 to 1, or an object, not 5',
    ],
    [{ on: { direction: 'in' }, do: { lose: { toBad: 0.1 } } }, 'do.lose.toGood: is missing'],
    [
      { on: { direction: 'in' }, do: { lose: 1 }, fromMs: 5, untilMs: 5 },
      'untilMs: must be more than fromMs',
    ],
    [
      { on: { direction: 'in' }, do: { lose: 1 }, times: 5 },
      'unknown key times; known are id, on, do, fromMs, untilMs',
    ],
  ])('tells what is wrong with %j', (rule, problem) => {
    expect(problemsOf(rule)).toEqual([problem]);
  });

  it('tells everything at once, by path', () => {
    expect(() =>
      readRule({ on: { method: 'GRAB' }, do: { status: 'x', when: 'never' } }, 'rules[3]'),
    ).toThrow(/^rules\[3\]\.on\.method: .*\nrules\[3\]\.do\.status: .*\nrules\[3\]\.do\.when: /);
    expect(() => readRule({ on: {}, do: { drop: true }, tims: 1 }, 'rules[0]')).toThrow(
      /^rules\[0\]: unknown key tims, did you mean times\?$/,
    );
  });

  it('keeps a copy', () => {
    const rule = { on: {}, do: { status: 500 } };
    const read = readRule(rule);
    rule.do.status = 200;
    expect(read.do).toEqual({ status: 500 });
  });

  it('gives a rule or tells problems, whatever it is given', () => {
    const keys = fc.constantFrom('on', 'do', 'id', 'lose', 'status', 'direction', 'delayMs', '__proto__');
    const values = fc.anything({ key: keys, maxDepth: 3 });
    fc.assert(
      fc.property(values, (value) => {
        try {
          expect(readRule(value)).toEqual(value);
        } catch (error) {
          expect(error).toBeInstanceOf(FaultRuleError);
        }
      }),
    );
  });
});
