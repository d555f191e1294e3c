import { describe, expect, it } from 'vitest';
import type { Evidence, Report } from '../../report.ts';
import {
  sampleHeatMap,
  sampleHttp,
  sampleSeries,
  sampleSpectrum,
  sampleWaveform,
} from '../sample-evidence.ts';
import { sampleReport, sampleResult } from '../sample-report.ts';
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
const leftOut = 'Left out, since the page would become too large to open';

describe('showEvidence', () => {
  it('makes room for what needs a look first', () => {
    const failed = picture('of a failure', 900);
    const passed = picture('of a pass', 900);
    const results = [
      sampleResult('a', 'A', 'pass', 1, { evidence: [passed] }),
      sampleResult('b', 'B', 'fail', 1, { evidence: [failed] }),
    ];
    const shown = showEvidence(results, 2000);
    expect(shown.get(failed)!.toString()).toContain('<img');
    expect(shown.get(passed)!.toString()).toContain(leftOut);
    expect(shown.get(passed)!.toString()).toContain('of a pass');
  });

  it('goes on with what is small enough', () => {
    const large = picture('large', 90_000);
    const small = picture('small', 900);
    const shown = showEvidence([sampleResult('a', 'A', 'pass', 1, { evidence: [large, small] })], 3000);
    expect(shown.get(large)!.toString()).toContain(leftOut);
    expect(shown.get(small)!.toString()).toContain('<img');
  });
});

describe('the size of the page', () => {
  it('stays below 15 MB however many samples and pictures there are', () => {
    const evidence = (index: number): Evidence[] => [
      picture(`pictures ${index}`, 600_000),
      sampleSeries('Delays', 'ms', 50, 5000, 70),
      sampleWaveform('Wave'),
      sampleSpectrum('Spectrum', -20),
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
