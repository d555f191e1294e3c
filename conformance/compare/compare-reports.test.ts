import { describe, expect, it } from 'vitest';
import type { ClauseResult, Report, Verdict } from '../report.ts';
import { paintFor } from '../reporters/console-paint.ts';
import { hostileReport, hostileTexts } from '../reporters/sample-hostile.ts';
import { sampleReport, sampleResult } from '../reporters/sample-report.ts';
import { visibleText } from '../reporters/text.ts';
import { compareReports } from './compare-reports.ts';
import {
  comparisonJson,
  comparisonLines,
  comparisonMarkdown,
  comparisonSentence,
} from './render-comparison.ts';

const runOf = (...results: ClauseResult[]): Report => ({ ...sampleReport(), results });
const one = (id: string, verdict: Verdict, more: Parameters<typeof sampleResult>[4] = {}) =>
  sampleResult(id, id, verdict, 1, more);
const ids = (clauses: readonly { id: string }[]) => clauses.map(({ id }) => id);
const plain = paintFor({}, {});

/** What becomes of one clause that had the first verdict and has the second. */
function groupOf(before: ClauseResult, after: ClauseResult): string {
  const comparison = compareReports(runOf(before), runOf(after));
  const groups = ['newlyFailing', 'newlyPassing', 'otherVerdicts'] as const;
  return groups.find((group) => comparison[group].length > 0) ?? 'unchanged';
}

describe('compareReports', () => {
  const flaky = one('a', 'pass', { flaky: true });
  it.each([
    [one('a', 'pass'), one('a', 'fail'), 'newlyFailing'],
    [one('a', 'error'), one('a', 'fail'), 'newlyFailing'],
    [one('a', 'known'), one('a', 'fail'), 'newlyFailing'],
    [one('a', 'pass'), flaky, 'newlyFailing'],
    [flaky, one('a', 'fail'), 'otherVerdicts'],
    [one('a', 'fail'), flaky, 'otherVerdicts'],
    [one('a', 'fail'), one('a', 'pass'), 'newlyPassing'],
    [one('a', 'known'), one('a', 'pass'), 'newlyPassing'],
    [flaky, one('a', 'pass'), 'newlyPassing'],
    [one('a', 'fail'), one('a', 'known'), 'otherVerdicts'],
    [one('a', 'pass'), one('a', 'error'), 'otherVerdicts'],
    [one('a', 'pass'), one('a', 'pass'), 'unchanged'],
    [flaky, flaky, 'unchanged'],
  ])('groups %o then %o', (before, after, group) => {
    expect(groupOf(before, after)).toBe(group);
  });

  it('tells what was observed otherwise, and sets apart what differs in figures only', () => {
    const observed = (id: string, actual: string) => one(id, 'observed', { actual });
    const { observations } = compareReports(
      runOf(
        observed('status', 'answers {}'),
        observed('delay', 'p50 31.5 ms'),
        observed('name', 'm2-run-3f9c0a1b7d2e-x'),
      ),
      runOf(
        observed('status', 'answers []'),
        observed('delay', 'p50 −4200 ms'),
        observed('name', 'm2-run-00112233aabb-x'),
      ),
    );
    expect(observations.map(({ id, figuresOnly }) => [id, figuresOnly])).toEqual([
      ['status', false],
      ['delay', true],
    ]);
  });

  it('names the clauses that only one of the runs has', () => {
    const comparison = compareReports(
      runOf(one('a', 'pass'), one('b', 'pass')),
      runOf(one('b', 'pass'), one('c', 'fail')),
    );
    expect([ids(comparison.onlyBefore), ids(comparison.onlyAfter)]).toEqual([['a'], ['c']]);
    expect(comparison.newlyFailing).toEqual([]);
    expect(comparison.unchanged).toBe(1);
  });
});

describe('a comparison', () => {
  const comparison = compareReports(
    runOf(one('a.one', 'pass'), one('a.two', 'fail'), one('a.three', 'observed', { actual: 'it is red' })),
    runOf(
      one('a.one', 'fail', { actual: 'no <b>' }),
      one('a.two', 'pass'),
      one('a.three', 'observed', { actual: 'blue' }),
    ),
  );

  it('is told on a console', () => {
    const text = comparisonLines(comparison, plain).join('\n');
    expect(text).toMatch(/Newly failing \(1\)\n {2}a\.one {2}passed → failed {2}no <b>/);
    expect(text).toMatch(/Newly passing \(1\)\n {2}a\.two {2}failed → passed/);
    expect(text).toMatch(/before {2}it is red\n {4}after {3}blue/);
    expect(text).toMatch(
      /1 newly failing, 1 newly passing, 1 observed otherwise; 1 clause with the same verdict\.$/,
    );
  });

  it('is told in Markdown', () => {
    const text = comparisonMarkdown(comparison);
    expect(text).toContain('| `a.one` | passed | failed | no &lt;b&gt; |');
    expect(text).toContain('| `a.three` | it is red | blue |');
  });

  it('is told in JSON', () => {
    expect(JSON.parse(comparisonJson(comparison))).toEqual(JSON.parse(JSON.stringify(comparison)));
  });

  it('counts what differs in figures only, and what is in one run only, apart', () => {
    const delay = (ms: number) => one('a.delay', 'observed', { actual: `p50 ${ms} ms` });
    const figures = compareReports(runOf(delay(31.5)), runOf(delay(30.5), one('b.new', 'pass')));
    expect(comparisonSentence(figures)).toBe('1 in one run only; 1 clause with the same verdict.');
    const text = comparisonLines(figures, plain).join('\n');
    expect(text).toContain('Observed with other figures (1)');
    expect(text).not.toContain('Observed otherwise');
  });

  it('says so where nothing changed', () => {
    expect(comparisonSentence(compareReports(sampleReport(), sampleReport()))).toBe(
      'Nothing changed; 22 clauses with the same verdict.',
    );
  });

  it.each(hostileTexts)('lets no hostile text steer a terminal or make markup: %.30j', (text) => {
    const hostile = compareReports(hostileReport(text), {
      ...hostileReport(text),
      results: hostileReport(text).results.map((result) => ({ ...result, verdict: 'fail' })),
    });
    for (const line of comparisonLines(hostile, plain).join('\n').split('\n')) {
      expect(visibleText(line)).toBe(line);
    }
    expect(comparisonMarkdown(hostile).replace(/`+.*`+/g, '')).not.toMatch(/<[a-z/!]/i);
  });
});
