import { describe, expect, it } from 'vitest';
import type { ClauseResult, Evidence, Report } from '../../report.ts';
import { sampleHeatMap, sampleHttp, sampleSeries, sampleWaveform } from '../sample-evidence.ts';
import { sampleReport, sampleResult } from '../sample-report.ts';
import { anchorsOf } from './anchors.ts';
import { renderHtml } from './index.ts';
import { showEvidence } from './shown-evidence.ts';

const picture = (title: string, bytes: number): Evidence => ({
  type: 'pictures',
  title,
  pictures: ['expected', 'actual', 'difference'].map((label) => ({
    label,
    pngBase64: 'A'.repeat(bytes / 3),
  })),
});

const megabytes = (page: string) => Buffer.byteLength(page) / 10 ** 6;
/** What is shown, in the order of the results. */
const figures = (results: readonly ClauseResult[], limit: number) => {
  const shown = showEvidence(results, anchorsOf(results), limit);
  return results.flatMap((result) => shown.get(result)!.map(String));
};

const leftOut = 'Left out, since the page would become too large to open';

describe('showEvidence', () => {
  it('makes room for what needs a look first', () => {
    const failed = picture('of a failure', 900);
    const passed = picture('of a pass', 900);
    const results = [
      sampleResult('a', 'A', 'pass', 1, { evidence: [passed] }),
      sampleResult('b', 'B', 'fail', 1, { evidence: [failed] }),
    ];
    const [first, second] = figures(results, 2000);
    expect(second).toContain('<img');
    expect(first).toContain(leftOut);
    expect(first).toContain('of a pass');
  });

  it('goes on with what is small enough', () => {
    const large = picture('large', 90_000);
    const small = picture('small', 900);
    const [first, second] = figures([sampleResult('a', 'A', 'pass', 1, { evidence: [large, small] })], 3000);
    expect(first).toContain(leftOut);
    expect(second).toContain('<img');
  });

  it('shows once what several clauses look at, where somebody should look', () => {
    const shared = (title: string) => picture(title, 90_000);
    const results = [
      sampleResult('a', 'A', 'pass', 1, { evidence: [shared('the same')] }),
      sampleResult('b', 'B', 'fail', 1, { evidence: [shared('the same')] }),
      sampleResult('c', 'C', 'pass', 1, { evidence: [picture('the same', 900), picture('the same', 900)] }),
    ];
    const [passed, failed, ...small] = figures(results, 100_000);
    expect(failed).toContain('<img');
    expect(failed).toContain('id="evidence-1"');
    expect(passed).not.toContain('<img');
    expect(passed).toContain('data-same="evidence-1"');
    expect(passed).toContain('The same as in <a href="#clause-b">B</a>');
    for (const one of small) expect(one).toContain('<img');
  });
});

describe('the size of the page', () => {
  it('stays below 15 MB however many samples and pictures there are', () => {
    const evidence = (index: number): Evidence[] => [
      // All different: what is the same stands there once.
      picture(`pictures ${index}`, 600_000 + 12 * index),
      sampleSeries('Delays', 'ms', 50, 5000, 70),
      sampleWaveform('Wave'),
      sampleHeatMap('Who is heard', () => -60),
      sampleHttp('stat', [], 200, { answer: 'x'.repeat(50_000) }),
      { type: 'note', title: 'Log', text: 'a line of a log\n'.repeat(3000) },
    ];
    const results = Array.from({ length: 100 }, (_, index) =>
      sampleResult(`chapter${index % 9}.clause-${index}`, 'A clause', index % 10 === 0 ? 'fail' : 'pass', 1, {
        actual: 'what was seen, '.repeat(1000),
        evidence: evidence(index),
      }),
    );
    const report: Report = { ...sampleReport(), results };
    const page = renderHtml(report);
    expect(megabytes(page)).toBeLessThan(15);
    expect(megabytes(page)).toBeGreaterThan(8);
    expect(page).toContain(leftOut);
  });

  it('leaves nothing out of an ordinary report', () => {
    expect(renderHtml(sampleReport())).not.toContain(leftOut);
  });
});
