import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ClauseResult, HttpEvidence } from '../report.ts';
import { type Clause, NotApplicableError, type Outcome, observed } from './clause.ts';
import { type RunnerOptions, runClauses } from './runner.ts';
import { clauseOf, contextOf, passed } from './testing.ts';
import { Witnessed } from './witnessed.ts';

afterEach(() => void vi.useRealTimers());

function run(clauses: readonly Clause[], more: Partial<RunnerOptions> = {}): Promise<ClauseResult[]> {
  return runClauses({
    clauses,
    context: contextOf(),
    reporters: [],
    concurrency: 2,
    clauseTimeoutMs: 120_000,
    reproduce: ({ id }) => `run ${id}`,
    ...more,
  });
}

const callAnswered = (status: number): HttpEvidence => ({
  ...{
    type: 'http',
    title: '',
    curl: '',
    method: 'POST',
    url: 'http://host/path',
    requestBody: '{"command":"x"}',
  },
  ...{ status, responseHeaders: {}, responseBody: '', durationMs: 1 },
});

const never = () => new Promise<never>(() => {});
const verdicts = (results: readonly ClauseResult[]) =>
  results.map(({ clause, verdict }) => `${clause.id} ${verdict}`);

describe('runClauses', () => {
  it('answers in the order of the catalogue, whatever ends first', async () => {
    let release = (_outcome: Outcome) => {};
    const released = new Promise<Outcome>((resolve) => {
      release = resolve;
    });
    const results = await run([
      clauseOf('slow', () => released),
      clauseOf('quick', async () => {
        release(passed);
        return { verdict: 'fail', expected: 'a', actual: 'b' };
      }),
    ]);
    expect(verdicts(results)).toEqual(['slow pass', 'quick fail']);
    expect(results[1]).toMatchObject({ expected: 'a', actual: 'b', evidence: [], reproduce: 'run quick' });
  });

  it('tells its reporters when a clause starts and what came of it', async () => {
    const heard: string[] = [];
    const reporter = {
      clauseStarted: ({ id }: { id: string }) => heard.push(`${id} started`),
      clauseFinished: ({ clause, verdict }: ClauseResult) => heard.push(`${clause.id} ${verdict}`),
    };
    await run([clauseOf('a'), clauseOf('b')], { reporters: [reporter], concurrency: 1 });
    expect(heard).toEqual(['a started', 'a pass', 'b started', 'b pass']);
  });

  it('runs clauses beside none but their like, those on speech late, and alone ones last', async () => {
    const order: string[] = [];
    const watched = (id: string, exclusive: NonNullable<Clause['exclusive']>) =>
      clauseOf(
        id,
        async () => {
          order.push(`${id} begins`);
          await new Promise((resolve) => setImmediate(resolve));
          order.push(`${id} ends`);
          return passed;
        },
        { exclusive },
      );
    const clauses = [
      ...[watched('a', false), watched('P', 'pictures'), watched('X', true)],
      ...[watched('S', 'speech'), watched('b', false), watched('Q', 'pictures'), watched('Y', true)],
    ];
    await run(clauses);
    expect(order).toEqual([
      ...['P begins', 'Q begins', 'P ends', 'Q ends'],
      ...['a begins', 'b begins', 'a ends', 'b ends'],
      ...['S begins', 'S ends'],
      ...['X begins', 'X ends', 'Y begins', 'Y ends'],
    ]);
  });

  it('prepares what is sent before any of the same kind begins, and lets clauses meet what fails', async () => {
    const order: string[] = [];
    const timed = (id: string, prepare?: () => Promise<unknown>) =>
      clauseOf(
        id,
        async () => {
          order.push(`${id} begins`);
          return passed;
        },
        { exclusive: 'pictures', ...(prepare && { prepare }) },
      );
    const prepare = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('prepared');
    };
    const results = await run([
      timed('a'),
      timed('b', prepare),
      timed('c', () => Promise.reject(new Error('no'))),
    ]);
    expect(order).toEqual(['prepared', 'a begins', 'b begins', 'c begins']);
    expect(verdicts(results)).toEqual(['a pass', 'b pass', 'c pass']);
  });

  it('begins with what takes longest, and answers in the order of the catalogue', async () => {
    const begun: string[] = [];
    const watched = (id: string, more: Partial<Clause> = {}) =>
      clauseOf(
        id,
        async () => {
          begun.push(id);
          return passed;
        },
        more,
      );
    const clauses = [watched('a'), watched('b'), watched('long', { beginsFirst: true }), watched('c')];
    const results = await run(clauses, { concurrency: 1 });
    expect(begun).toEqual(['long', 'a', 'b', 'c']);
    expect(results.map(({ clause }) => clause.id)).toEqual(['a', 'b', 'long', 'c']);
  });

  it('runs no more clauses at a time than it is told', async () => {
    let running = 0;
    let most = 0;
    const busy = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return passed;
    };
    await run(
      Array.from({ length: 9 }, (_, i) => clauseOf(`c${i}`, busy)),
      { concurrency: 3 },
    );
    expect(most).toBe(3);
  });

  it.each([
    [new Error('the bots have gone'), 'the bots have gone'],
    [new TypeError('x is no function'), 'TypeError: x is no function'],
    [new Error('no answer', { cause: new Error('ECONNRESET') }), 'no answer: ECONNRESET'],
    ['a word', 'a word'],
  ])('makes %s an error, which says nothing about the target', async (error, reason) => {
    const rejecting = clauseOf('rejects', () => Promise.reject(error));
    const throwing = clauseOf('throws', () => {
      throw error;
    });
    const results = await run([rejecting, throwing, clauseOf('next')]);
    expect(results.map((result) => [result.verdict, result.reason])).toEqual([
      ['error', reason],
      ['error', reason],
      ['pass', undefined],
    ]);
  });

  it('gives up a clause that hangs, and goes on', async () => {
    vi.useFakeTimers();
    const running = run([clauseOf('hangs', never), clauseOf('next')], { concurrency: 1 });
    await vi.advanceTimersByTimeAsync(120_000);
    const results = await running;
    expect(verdicts(results)).toEqual(['hangs error', 'next pass']);
    expect(results[0]!.reason).toBe('gave up after 120 s');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives a clause as long as it is told to', async () => {
    vi.useFakeTimers();
    const running = run([clauseOf('hangs', never)], { clauseTimeoutMs: 5000 });
    await vi.advanceTimersByTimeAsync(5000);
    expect((await running)[0]!.reason).toBe('gave up after 5 s');
  });

  it('begins with no clause before what is left of the one before it has been put away', async () => {
    const order: string[] = [];
    const watched = (id: string) =>
      clauseOf(id, async () => {
        order.push(id);
        return passed;
      });
    const afterEach = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('put away');
    };
    await run([watched('a'), watched('b')], { concurrency: 1, afterEach });
    expect(order).toEqual(['a', 'put away', 'b', 'put away']);
  });

  it('tells how long a clause took', async () => {
    vi.useFakeTimers();
    const slow = () => new Promise<Outcome>((resolve) => setTimeout(() => resolve(passed), 2500));
    const running = run([clauseOf('slow', slow)]);
    await vi.advanceTimersByTimeAsync(2500);
    expect((await running)[0]!.durationMs).toBe(2500);
  });

  it('leaves no listener on the signal of a run that goes on', async () => {
    const { signal } = new AbortController();
    await run([clauseOf('a'), clauseOf('b')], { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('judges what is only observed by a profile, and keeps its facts to itself', async () => {
    const seen = async () => observed('seen', [], { 'rooms.allName': 'all' });
    const profile = { name: 'p.json', values: new Map([['rooms.allName', 'other']]) };
    const [judged] = await run([clauseOf('a', seen)], { profile });
    expect(judged).toMatchObject({ verdict: 'fail', expected: 'by p.json: rooms.allName "other"' });
    expect(judged).not.toHaveProperty('facts');
    const [plain] = await run([clauseOf('a', seen)], {});
    expect(plain).toMatchObject({ verdict: 'observed', actual: 'seen' });
    expect(plain).not.toHaveProperty('facts');
  });

  it.each([
    ['fail', 502, 'error'],
    ['fail', 429, 'error'],
    ['fail', 500, 'fail'],
    ['pass', 502, 'pass'],
  ] as const)(
    'takes %s of a clause with a call that is answered %i for %s',
    async (verdict, status, judged) => {
      const [result] = await run([
        clauseOf('a', async () => {
          Witnessed.current!.addCall(callAnswered(status));
          return { verdict, actual: 'it is not there' };
        }),
      ]);
      expect(result!.verdict).toBe(judged);
      if (judged === 'error')
        expect(result!.reason).toBe(
          `POST /path {"command":"x"} was answered ${status}, which is a gateway’s word or puts it off; it is not there`,
        );
    },
  );

  it('takes the word of a clause that finds that it does not apply', async () => {
    const inapplicable = () => Promise.reject(new NotApplicableError('it is about something else'));
    const [result] = await run([clauseOf('a', inapplicable)]);
    expect(result).toMatchObject({ verdict: 'not-applicable', reason: 'it is about something else' });
  });

  it.each(['fail', 'error'] as const)('stops at the first %s when told to', async (verdict) => {
    const clauses = [clauseOf('a'), clauseOf('b', async () => ({ verdict })), clauseOf('c')];
    expect(verdicts(await run(clauses, { bail: true, concurrency: 1 }))).toEqual(['a pass', `b ${verdict}`]);
    expect(await run(clauses, { bail: false, concurrency: 1 })).toHaveLength(3);
  });

  it('does not go on to the others where a clause before them failed and it is to stop', async () => {
    const failing = clauseOf('x', async () => ({ verdict: 'fail' }), { exclusive: 'pictures' });
    expect(verdicts(await run([clauseOf('a'), failing], { bail: true }))).toEqual(['x fail']);
  });

  it('ends at once when it is aborted, without a verdict on what was not measured', async () => {
    const ending = new AbortController();
    const finished: string[] = [];
    const results = await run(
      [
        clauseOf('done'),
        clauseOf('hangs', never),
        clauseOf('aborts', () => {
          ending.abort();
          return never();
        }),
        clauseOf('not reached', () => Promise.reject(new Error('it was reached'))),
      ],
      {
        signal: ending.signal,
        reporters: [{ clauseFinished: ({ clause }) => finished.push(clause.id) }],
      },
    );
    expect(verdicts(results)).toEqual(['done pass']);
    expect(finished).toEqual(['done']);
  });

  it('does not wait for what is prepared when it is aborted', async () => {
    const ending = new AbortController();
    const prepare = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ending.abort();
      return never();
    };
    const results = await run(
      [clauseOf('done', undefined, { exclusive: 'pictures' }), clauseOf('next', never, { prepare })],
      {
        signal: ending.signal,
      },
    );
    expect(verdicts(results)).toEqual(['done pass']);
    expect(
      await run([clauseOf('first', never, { exclusive: 'pictures', prepare: never })], {
        signal: ending.signal,
      }),
    ).toEqual([]);
  });

  it('runs nothing when it is aborted before', async () => {
    const run_ = vi.fn();
    expect(await run([clauseOf('a', run_)], { signal: AbortSignal.abort() })).toEqual([]);
    expect(run_).not.toHaveBeenCalled();
  });

  it('marks a pass that took more than one attempt as flaky, and nothing else', async () => {
    const measured = (verdict: 'pass' | 'fail', attempts: number) =>
      clauseOf(`${verdict} ${attempts}`, async () => ({ verdict, attempts }));
    const results = await run([measured('pass', 1), measured('pass', 2), measured('fail', 3)]);
    expect(results.map(({ flaky, attempts }) => [flaky, attempts])).toEqual([
      [undefined, undefined],
      [true, 2],
      [undefined, 3],
    ]);
  });

  it('tells what is known to fail as that, and goes on', async () => {
    const heard: string[] = [];
    const results = await run([clauseOf('a', async () => ({ verdict: 'fail' })), clauseOf('b')], {
      bail: true,
      concurrency: 1,
      judgeKnown: (result) => (result.verdict === 'fail' ? { ...result, verdict: 'known' } : result),
      reporters: [{ clauseFinished: ({ verdict }) => heard.push(verdict) }],
    });
    expect(verdicts(results)).toEqual(['a known', 'b pass']);
    expect(heard).toEqual(['known', 'pass']);
  });

  it('lets no password into a result', async () => {
    const text = 'http://user:long%20secret@host repeated long secret';
    const note = { type: 'note', title: text, text } as const;
    const [result] = await run([
      clauseOf('a', async () => ({ verdict: 'fail', expected: text, actual: text, evidence: [note] })),
    ]);
    expect(JSON.stringify(result)).not.toMatch(/secret/);
    expect(JSON.stringify(result)).toContain('USER:PASSWORD@host');
  });
});
