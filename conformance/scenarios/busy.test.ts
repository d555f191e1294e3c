import { describe, expect, it, vi } from 'vitest';
import type { RunContext } from '../run/context.ts';
import { judgeLongest, judgeTime, latenessSince, unlessLate, untilInTime } from './busy.ts';

describe('a time that is judged on a machine that may be busy', () => {
  it.each([
    ['within its bar', 60, 1, 'pass'],
    ['within its bar, with late bots', 60, 30, 'pass'],
    ['beyond its bar', 80, 1, 'fail'],
    ['beyond its bar, with late bots', 80, 5, 'error'],
    ['far beyond what the bots were late by', 400, 5, 'fail'],
    ['far beyond its bar, and the bots too', 400, 60, 'error'],
  ])('%s: %#', (_case, valueMs, latenessMs, verdict) => {
    const judgement = { expected: 'at most 70 ms', actual: `${valueMs} ms` };
    expect(judgeTime(valueMs, 70, latenessMs, judgement).verdict).toBe(verdict);
  });
});

describe('the longest time on a machine that may be busy', () => {
  it.each([
    ['within its bar', 100, 1, 90, 'pass'],
    ['beyond its bar', 180, 1, 8, 'fail'],
    ['beyond its bar, and the bots were late once', 180, 1, 60, 'error'],
    ['far beyond what the bots were ever late by', 900, 1, 60, 'fail'],
  ])('%s', (_case, valueMs, latenessP95Ms, latenessMostMs, verdict) => {
    const judgement = { expected: 'at most 120 ms', actual: `${valueMs} ms` };
    const lateness = { latenessP95Ms, latenessMostMs };
    expect(judgeLongest(valueMs, 120, lateness, judgement).verdict).toBe(verdict);
  });

  it('is an error after a stall that the measurement cannot bear, and that others can', () => {
    const lateness = { latenessP95Ms: 1, latenessMostMs: 35 };
    const judgement = { expected: 'at most 120 ms', actual: '180 ms' };
    expect(judgeLongest(180, 120, lateness, judgement).verdict).toBe('fail');
    expect(judgeLongest(180, 120, lateness, judgement, 30).verdict).toBe('error');
  });
});

describe('what may have come too late from here', () => {
  const failed = { verdict: 'fail', expected: 'a picture', actual: 'none' } as const;

  it.each([
    ['fail', 40],
    ['error', 41],
  ] as const)('is a %s where the bots were late by %i ms', (verdict, latenessMostMs) => {
    expect(unlessLate(failed, { latenessMostMs })).toMatchObject({ verdict });
  });

  it('says why it could not be measured, and keeps what was seen', () => {
    const evidence = [{ type: 'note', title: 'seen', text: 'nothing' }] as const;
    expect(unlessLate({ ...failed, evidence }, { latenessMostMs: 90 })).toEqual({
      verdict: 'error',
      reason: 'this machine is too busy to measure it: the bots were late by 90.0 ms; none',
      evidence,
    });
  });

  it.each(['pass', 'observed', 'error', 'not-applicable'] as const)('stays %s', (verdict) => {
    expect(unlessLate({ verdict }, { latenessMostMs: 90 })).toEqual({ verdict });
  });
});

describe('how late the bots were', () => {
  /** Bots that were late by one more millisecond with each packet, one of which comes each millisecond. */
  const lateness = async (sinceMs: number) => Array.from({ length: 101 - sinceMs }, (_, n) => sinceMs + n);
  const context = { bots: { lateness } } as unknown as RunContext;

  it('is that of 95 of 100 packets, and of the latest, since a moment', async () => {
    expect(await latenessSince(context, 0)).toEqual({ latenessP95Ms: 95, latenessMostMs: 100 });
    expect(await latenessSince(context, 80)).toEqual({ latenessP95Ms: 99, latenessMostMs: 100 });
  });

  it('is nothing where they sent nothing', async () => {
    expect(await latenessSince(context, 101)).toEqual({ latenessP95Ms: 0, latenessMostMs: 0 });
  });
});

describe('measuring again on a busy machine', () => {
  it.each([
    ['once, where the bots were in time', [3], 3],
    ['until they were', [90, 60, 4], 4],
    ['three times at most, and the best of them counts', [90, 60, 70], 60],
  ])('%s', async (_case, latenesses, chosen) => {
    const left = [...latenesses];
    const measure = async () => ({ latenessP95Ms: 1, latenessMostMs: left.shift()! });
    expect(await untilInTime(measure)).toEqual({ latenessP95Ms: 1, latenessMostMs: chosen });
    expect(left).toEqual([]);
  });

  it('begins with nothing that a clause has no time for', async () => {
    const now = vi.spyOn(performance, 'now');
    try {
      let nowMs = 0;
      now.mockImplementation(() => nowMs);
      let attempts = 0;
      await untilInTime(async () => {
        attempts += 1;
        nowMs += 20_000;
        return { latenessMostMs: 90 };
      });
      expect(attempts).toBe(2);
    } finally {
      now.mockRestore();
    }
  });

  it('goes by what the measurement can bear', async () => {
    const left = [
      { latenessP95Ms: 5, latenessMostMs: 20 },
      { latenessP95Ms: 2, latenessMostMs: 10 },
      { latenessP95Ms: 1, latenessMostMs: 1 },
    ];
    const found = await untilInTime(
      async () => left.shift()!,
      ({ latenessP95Ms }) => latenessP95Ms <= 3,
    );
    expect(found.latenessMostMs).toBe(10);
    expect(left).toHaveLength(1);
  });
});
