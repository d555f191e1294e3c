import { describe, expect, it } from 'vitest';
import type { Report } from '../report.ts';
import { resultLine, summaryLines } from './console-lines.ts';
import { paintFor } from './console-paint.ts';
import { renderCtrf } from './ctrf.ts';
import { renderHtml } from './html/index.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { sampleReport, sampleResult } from './sample-report.ts';

const reason = 'the lab’s <server> has no camera';
const report: Report = {
  ...sampleReport(),
  notes: ['The known failure video.old counted until 2026-01-01 and counts no more: repaired'],
  results: [
    sampleResult('video.one', 'One', 'known', 1, {
      actual: 'no picture',
      known: { reason, until: '2027-01-01', state: 'counts' },
    }),
    sampleResult('video.two', 'Two', 'pass', 1, { known: { reason, state: 'passes' } }),
    sampleResult('video.three', 'Three', 'fail', 1, {
      known: { reason, until: '2026-01-01', state: 'expired' },
    }),
    sampleResult('video.four', 'Four', 'pass', 1, { flaky: true, attempts: 3 }),
  ],
};
const plain = paintFor({}, {});
const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/\\(?=\W)/g, '');

const outputs: Record<string, string> = {
  console: [
    ...report.results.map((result) => resultLine(result, plain)),
    ...summaryLines(report, plain),
  ].join('\n'),
  html: unescaped(renderHtml(report)),
  junit: unescaped(renderJunit(report)),
  ctrf: renderCtrf(report),
  markdown: unescaped(renderMarkdown(report)),
};

describe.each(Object.keys(outputs))('known failures and flaky passes in %s', (name) => {
  const output = outputs[name]!;
  it.each([
    ['a known failure with its reason', reason],
    ['how long it counts', '2027-01-01'],
    ['a pass that was not expected', /unexpected pass|It passes, though it is a known failure/],
    ['that the entry may go', /entry may go/],
    ['an entry that has expired', 'counted until 2026-01-01 and counts no more: repaired'],
    ['a failure whose entry has expired', 'It was a known failure until 2026-01-01, which is over'],
    // Names of fields and of styles say so of no clause.
    ['what is flaky', /It passed only when it was tried again, at attempt 3|"flaky": true/],
    ['the verdict of the run', '1 known failure; 1 passed only when tried again, which counts as failed'],
  ])('tells %s', (_what, text) => {
    expect(output).toMatch(typeof text === 'string' ? new RegExp(text.replace(/[.()]/g, '\\$&')) : text);
  });
});

describe('known failures in formats of others', () => {
  it('are skipped with their reason in JUnit', () => {
    const junit = renderJunit(report);
    expect(junit).toMatch(
      /<skipped message="A known failure until 2027-01-01: the lab.* has no camera \(One: no picture\)"/,
    );
    expect(junit).toMatch(/tests="4" failures="2" errors="0" skipped="1"/);
  });

  it('has a flaky pass as a failure in JUnit, unless the run allows it', () => {
    const failure =
      '<failure message="Four: It passed only when it was tried again, at attempt 3." type="flaky">';
    expect(renderJunit(report)).toContain(failure);
    const allowed = renderJunit({ ...report, allowFlaky: true });
    expect(allowed).toMatch(/tests="4" failures="1" errors="0" skipped="1"/);
    expect(allowed).not.toContain('type="flaky"');
    expect(allowed).toContain('Flaky: It passed only when it was tried again, at attempt 3.');
  });

  it('are skipped in CTRF, with their own name as raw status', () => {
    const { results } = JSON.parse(renderCtrf(report)) as {
      results: { summary: object; tests: Record<string, unknown>[] };
    };
    expect(results.summary).toMatchObject({ passed: 2, failed: 1, skipped: 1, flaky: 1 });
    expect(results.tests[0]).toMatchObject({ status: 'skipped', rawStatus: 'known' });
    expect(results.tests[3]).toMatchObject({ status: 'passed', flaky: true, retries: 2 });
  });
});
