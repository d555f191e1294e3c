import { describe, expect, it } from 'vitest';
import type { ClauseResult, Report } from '../report.ts';
import { renderCtrf } from './ctrf.ts';
import { renderHtml } from './html/index.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { sampleReport, sampleResult } from './sample-report.ts';
import { allElements, parseXml } from './xml-check.ts';

const known = { reason: 'ticket 7', state: 'counts' } as const;

/** Two of each kind of failure, and far more than a summary has room for. */
const report: Report = {
  ...sampleReport(),
  results: [
    ...(['fail', 'error'] as const).flatMap((verdict) =>
      Array.from({ length: 40 }, (_, index) => failure(`${verdict}.clause-${index}`, { verdict })),
    ),
    failure('known.clause', { verdict: 'known', known }),
    failure('flaky.clause', { verdict: 'pass', flaky: true, attempts: 2 }),
  ],
};

function failure(id: string, rest: Partial<ClauseResult>): ClauseResult {
  const reproduce = `npx mosaic2 conformance --filter ${id} --seed 7 --target 'http://USER:PASSWORD@h:80'`;
  return { ...sampleResult(id, `Title of ${id}`, 'pass', 1, { actual: 'what came', reproduce }), ...rest };
}

describe('the command that repeats a failure alone', () => {
  it('is a property of its case in JUnit, beside the place of its evidence', () => {
    const cases = allElements(parseXml(renderJunit(report)), 'testcase');
    for (const [index, { clause, reproduce }] of report.results.entries()) {
      const properties = allElements(cases[index]!, 'property').map(({ attributes }) => attributes);
      expect(properties).toContainEqual({ name: 'reproduce', value: reproduce });
      expect(properties).toContainEqual({ name: 'page', value: `index.html#clause-${clause.id}` });
    }
  });

  it('stands in what every JUnit viewer shows of a failure or an error', () => {
    const root = parseXml(renderJunit(report));
    const shown = [...allElements(root, 'failure'), ...allElements(root, 'error')];
    expect(shown).toHaveLength(81);
    for (const { text } of shown)
      expect(text).toMatch(/^Reproduce: {3}npx mosaic2 conformance --filter \S+ /m);
  });

  it('is a field of its test in CTRF', () => {
    const { tests } = JSON.parse(renderCtrf(report)).results;
    for (const [index, { clause, reproduce }] of report.results.entries()) {
      expect(tests[index].extra).toMatchObject({ reproduce, page: `index.html#clause-${clause.id}` });
    }
  });

  it('stands in the Markdown summary, also of those it has no room for in full', () => {
    const markdown = renderMarkdown(report);
    for (const { reproduce } of report.results) {
      const isBlock = markdown.includes(`\`\`\`sh\n${reproduce}\n\`\`\``);
      const isSpan = markdown.includes(`\`${reproduce}\``);
      expect(isBlock || isSpan, reproduce).toBe(true);
    }
  });

  it('can be copied from the page, where JUnit and CTRF lead to', () => {
    const page = renderHtml(report);
    for (const { clause, reproduce } of report.results) {
      expect(page).toContain(`<code>${reproduce.replaceAll("'", '&#39;')}</code>`);
      expect(page).toContain(`id="clause-${clause.id}"`);
    }
  });
});
