import { describe, expect, it } from 'vitest';
import type { ClauseResult, Report } from '../report.ts';
import { sampleReport, sampleResult } from './sample-report.ts';
import { chaptersOf, overallSentence, overallVerdict } from './summary.ts';

function reportOf(...results: ClauseResult[]): Report {
  return { ...sampleReport(), results };
}

const passed = sampleResult('a.one', 'One', 'pass', 1);
const failed = sampleResult('a.two', 'Two', 'fail', 1);
const broken = sampleResult('b.three', 'Three', 'error', 1);
const known = sampleResult('b.known', 'Known', 'known', 1);
const seen = sampleResult('c.four', 'Four', 'observed', 1);
const skipped = sampleResult('d.five', 'Five', 'not-applicable', 1);

describe('the overall verdict and sentence', () => {
  it.each([
    [
      'fail',
      [passed, failed, broken],
      /^1 of 2 judged clauses failed: .*; 1 clause could not be measured\.$/,
    ],
    ['error', [passed, broken], /^The verdict is open: the one judged clause holds, but 1 clause could not/],
    ['error', [broken], /^The verdict is open: nothing was judged, but/],
    ['error', [], /^No clause was run\.$/],
    ['pass', [passed, passed, seen], /^All 2 judged clauses hold\.$/],
    [
      'fail',
      [{ ...passed, flaky: true }],
      /^The one judged clause holds; 1 passed only when tried again, which counts as failed\.$/,
    ],
    ['pass', [passed, known], /^The one judged clause holds; 1 known failure\.$/],
    ['known', [known], /^Nothing was judged beside what is known to fail; 1 known failure\.$/],
    ['observed', [seen, skipped], /^Nothing was judged, only observed\.$/],
    ['not-applicable', [skipped], /^No clause applies to this target\.$/],
  ] as const)('is %s for such results', (verdict, results, sentence) => {
    const report = reportOf(...results);
    expect(overallVerdict(report)).toBe(verdict);
    expect(overallSentence(report)).toMatch(sentence);
  });

  it('is pass for flaky results where the run allows them', () => {
    const report = { ...reportOf({ ...passed, flaky: true }), allowFlaky: true };
    expect(overallVerdict(report)).toBe('pass');
    expect(overallSentence(report)).toBe('The one judged clause holds; 1 passed only when tried again.');
  });
});

describe('chaptersOf', () => {
  it('groups by the first part of the id, in the order of the first clause', () => {
    const chapters = chaptersOf([seen, passed, broken, failed, sampleResult('plain', 'Plain', 'pass', 1)]);
    expect(chapters.map(({ name, results }) => [name, results.length])).toEqual([
      ['c', 1],
      ['a', 2],
      ['b', 1],
      ['plain', 1],
    ]);
  });
});
