import { describe, expect, it } from 'vitest';
import { reportExitCode } from '../report.ts';
import { sampleResult } from '../reporters/sample-report.ts';
import { knownJudge } from './judge-known.ts';

const now = new Date('2026-11-22T23:59:59Z');
const fail = sampleResult('audio.delay', 'Soon', 'fail', 1);
const pass = sampleResult('audio.delay', 'Soon', 'pass', 1);
const entry = { id: 'audio.*', reason: 'slow network' };
const judge = (...entries: Parameters<typeof knownJudge>[0]) =>
  knownJudge(entries, ['http://lab', 'lab'], now);

describe('knownJudge', () => {
  it('turns a failure that is listed into a known one, which does not make the run fail', () => {
    const known = judge(entry).judge(fail);
    expect(known).toMatchObject({ verdict: 'known', known: { reason: 'slow network', state: 'counts' } });
    expect(reportExitCode({ results: [known] })).toBe(0);
    expect(reportExitCode({ results: [fail] })).toBe(1);
  });

  it('takes a clause that passes now and then for one that fails', () => {
    const known = judge(entry).judge({ ...pass, flaky: true, attempts: 2 });
    expect(known).toMatchObject({ verdict: 'known', attempts: 2 });
    expect(known).not.toHaveProperty('flaky');
  });

  it('flags a pass that was not expected', () => {
    expect(judge(entry).judge(pass)).toMatchObject({ verdict: 'pass', known: { state: 'passes' } });
  });

  it('leaves alone what is not listed, and what says nothing about the target', () => {
    expect(judge({ ...entry, id: 'video.*' }).judge(fail)).toBe(fail);
    const error = sampleResult('audio.delay', 'Soon', 'error', 1);
    expect(judge(entry).judge(error)).toBe(error);
  });

  it.each([
    ['http://lab', 'known'],
    ['http://*', 'known'],
    ['lab', 'known'],
    ['http://other', 'fail'],
  ])('counts an entry for the target %s only there', (target, verdict) => {
    expect(judge({ ...entry, target }).judge(fail).verdict).toBe(verdict);
  });

  it('counts an entry until the end of its day, and then says so', () => {
    expect(judge({ ...entry, until: '2026-11-22' }).judge(fail).verdict).toBe('known');
    const late = judge({ ...entry, until: '2026-11-21' });
    expect(late.judge(fail)).toMatchObject({
      verdict: 'fail',
      known: { state: 'expired', until: '2026-11-21' },
    });
    expect(late.judge(pass)).toBe(pass);
    expect(late.notes).toEqual([
      'The known failure audio.* counted until 2026-11-21 and counts no more: slow network',
    ]);
  });

  it('prefers an entry that counts to one that has expired', () => {
    const both = judge({ ...entry, until: '2026-01-01' }, { ...entry, reason: 'renewed' });
    expect(both.judge(fail).known).toEqual({ reason: 'renewed', state: 'counts' });
  });
});

describe('reportExitCode', () => {
  const flaky = { ...pass, flaky: true };

  it.each([
    ['pass', 0],
    ['fail', 1],
    ['known', 0],
    ['observed', 0],
    ['not-applicable', 0],
    ['error', 1],
  ] as const)('of a clause that comes to %s beside one that passes is %i', (verdict, code) => {
    const other = sampleResult('audio.all', 'All', verdict, 1);
    expect(reportExitCode({ results: [pass, other] })).toBe(code);
  });

  it('counts a flaky pass against the target unless the run allows it', () => {
    expect(reportExitCode({ results: [flaky] })).toBe(1);
    expect(reportExitCode({ results: [flaky], allowFlaky: true })).toBe(0);
    expect(reportExitCode({ results: [flaky, fail], allowFlaky: true })).toBe(1);
  });
});
