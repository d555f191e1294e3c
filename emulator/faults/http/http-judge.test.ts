import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuleBook } from '../rule-book.ts';
import type { HttpFaultRule, HttpMatch } from '../types.ts';
import { callFacts, flowOf, matchesCall, withCommand } from './call-facts.ts';
import { HttpJudge } from './http-judge.ts';

function judgeOf(...rules: HttpFaultRule[]) {
  const book = new RuleBook();
  for (const rule of rules) book.add(rule);
  return { book, judge: new HttpJudge(book, 1) };
}

const manager = '/flussonic/api/dynamic_mosaic';
const body = (command: string, ...args: unknown[]) => JSON.stringify({ command, args });

describe('matchesCall', () => {
  it.each<[HttpMatch, string, string, boolean]>([
    [{}, 'GET', '/anything?x=1', true],
    [{}, 'OPTIONS', '/alice/whip', false],
    [{ method: 'OPTIONS' }, 'OPTIONS', '/alice/whip', true],
    [{ path: '/ui/*' }, 'GET', '/ui/chat?x=1', true],
    [{ path: '*x=1' }, 'GET', '/ui/chat?x=1', false],
    [{ stream: 'alice' }, 'POST', '/alice/whip', true],
    [{ stream: 'alice' }, 'PATCH', '/alice/whip/SID', true],
    [{ stream: 'lobby/room 1' }, 'POST', '/lobby/room%201/whep?start_track=a1', true],
    [{ room: 'demo' }, 'GET', '/demo/media_info.json', true],
    [{ room: 'demo' }, 'POST', `${manager}/demo`, true],
    [{ room: 'demo' }, 'POST', manager, false],
    [{ room: '*' }, 'POST', `${manager}/`, false],
    [{ stream: 'alice' }, 'DELETE', '/streamer/api/v3/streams/alice', true],
    [{ stream: 'alice' }, 'GET', '/flussonic/api/stream_health/bob', false],
    [{ command: 'stat' }, 'POST', `${manager}/demo`, false],
  ])('%j for %s %s is %s', (on, method, target, matches) => {
    expect(matchesCall(on, callFacts(method, target))).toBe(matches);
  });

  it.each<[HttpMatch, string, string, boolean]>([
    [{ command: 'stat' }, `${manager}/demo`, body('stat'), true],
    [{ command: 'stat', stream: '*' }, `${manager}/demo`, body('stat'), false],
    [{ command: 'mute_audio' }, `${manager}/demo`, body('mute-audio', 'alice'), true],
    [
      { command: 'add_stream', stream: 'al*', room: 'demo' },
      `${manager}/demo`,
      body('add_stream', 'alice'),
      true,
    ],
    [{ command: 'add_stream', stream: 'demo' }, `${manager}/demo`, body('add_stream', 'alice'), false],
    [{ command: 'add_room', room: 'demo' }, `${manager}/`, body('add_room', 'demo'), true],
    [{ command: 'add_room', room: 'demo' }, manager, body('add_room', 7), false],
    [{ command: 'add_room' }, '/alice/whip', body('add_room'), false],
    [{ command: 'add_room' }, manager, '[', false],
    [{ command: 'add_room' }, manager, 'null', false],
    [{ command: 'add_room' }, manager, '{"command":{}}', false],
  ])('%j for %s with %s is %s', (on, target, text, matches) => {
    expect(matchesCall(on, withCommand(callFacts('POST', target), text))).toBe(matches);
  });

  it('takes every target and body there is', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.string(), fc.json(), fc.anything()), (target, text) => {
        for (const path of [target, `/${target}`, `${manager}/${target}`]) {
          const facts = withCommand(callFacts('POST', path), text);
          expect(typeof matchesCall({ command: 'stat', stream: '*' }, facts)).toBe('boolean');
          expect(typeof flowOf(facts)).toBe('string');
        }
      }),
    );
  });
});

describe('flowOf', () => {
  it('is the same for sessions of one stream, whose ids are other ones in every run', () => {
    const flow = (target: string) => flowOf(callFacts('PATCH', target));
    expect(flow('/alice/whip/SID1')).toBe(flow('/alice/whip/SID2'));
    expect(flow('/alice/whip/SID1')).not.toBe(flow('/bob/whip/SID1'));
  });
});

describe('HttpJudge', () => {
  const call = callFacts('GET', '/x');

  it('has nothing to say where no rule fits', () => {
    const { judge } = judgeOf({ on: { path: '/y' }, do: { drop: true } });
    expect(judge.judge(call)).toBeUndefined();
    expect(judge.asksForCommands).toBe(false);
  });

  it('adds delays up, and ends with the first rule that ends the call', () => {
    const { judge, book } = judgeOf(
      { on: {}, do: { delayMs: 10 } },
      { on: {}, do: { delayMs: 20, when: 'after' } },
      { on: {}, do: { delayMs: 5, drop: true } },
      { on: {}, do: { status: 500 } },
    );
    expect(judge.judge(call)).toEqual({ before: { delayMs: 15, ending: 'drop' }, after: { delayMs: 20 } });
    expect(book.states().map(({ hits }) => hits)).toEqual([1, 1, 1, 0]);
  });

  it('draws delays from their range, the same ones by the same seed', () => {
    const delays = () => {
      const { judge } = judgeOf({ on: {}, do: { delayMs: [100, 200] } });
      return Array.from({ length: 200 }, () => judge.judge(call)!.before.delayMs);
    };
    const drawn = delays();
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(100);
    expect(Math.min(...drawn)).toBeLessThan(110);
    expect(Math.max(...drawn)).toBeGreaterThan(190);
    expect(delays()).toEqual(drawn);
  });

  it('lets the first ones alone and ends after so many', () => {
    const { judge } = judgeOf({ on: {}, do: { drop: true }, after: 2, times: 2 });
    const hit = Array.from({ length: 6 }, () => judge.judge(call) !== undefined);
    expect(hit).toEqual([false, false, true, true, false, false]);
  });

  it('hits as many as asked in the long run, and for each flow the same ones', () => {
    const rule: HttpFaultRule = { on: {}, do: { drop: true }, probability: 0.3 };
    const other = callFacts('GET', '/y');
    const hits = (beside: number) => {
      const { judge } = judgeOf(rule);
      return Array.from({ length: 3000 }, (_, i) => {
        for (let k = 0; k < (i * beside) % 3; k += 1) judge.judge(other);
        return judge.judge(call) !== undefined;
      });
    };
    const alone = hits(0);
    expect(alone.filter(Boolean).length / 3000).toBeCloseTo(0.3, 1);
    expect(hits(1)).toEqual(alone);
  });

  it('keeps a limited number of flows, whoever makes up names', () => {
    const { judge, book } = judgeOf({ on: {}, do: { drop: true }, probability: 0.5 });
    for (let i = 0; i < 12_000; i += 1) judge.judge(callFacts('GET', `/${i}/whep`));
    expect(book.states()[0]!.hits / 12_000).toBeCloseTo(0.5, 1);
  });
});
