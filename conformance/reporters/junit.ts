import { type ClauseResult, countVerdicts, flakyCount, type Report } from '../report.ts';
import { explanation, shortReason } from './evidence-text.ts';
import { pageLinks } from './page-link.ts';
import { statementLines } from './statement-lines.ts';
import {
  type Chapter,
  chaptersOf,
  flakySentence,
  knownSentence,
  overallSentence,
  reportRemarks,
} from './summary.ts';
import { oneLine } from './text.ts';
import { xmlElement, xmlTextElement } from './xml.ts';

/**
 * The report in the JUnit XML shape that CI viewers read: one test suite per chapter, one test case per
 * clause, named by the clause's id so that its history outlives a change of title. `fail` is a failure,
 * `error` an error, `not-applicable` and known failures are skipped with their reasons, `observed` is a pass that says in
 * `system-out` what was seen. A pass that counts as failed, for it was flaky, is a failure of type `flaky`. Seconds with
 * three decimals.
 */
export function renderJunit(report: Report): string {
  const counts = countVerdicts(report.results);
  const linkOf = pageLinks(report);
  const root = xmlElement(
    'testsuites',
    {
      name: `mosaic2 conformance: ${oneLine(report.target.name)}`,
      tests: report.results.length,
      failures: counts.fail + countingFlaky(report, report.results),
      errors: counts.error,
      skipped: counts['not-applicable'] + counts.known,
      time: seconds(report.durationMs),
    },
    chaptersOf(report.results).map((chapter) => testSuite(chapter, report, linkOf)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function testSuite(chapter: Chapter, report: Report, linkOf: (result: ClauseResult) => string): string {
  const counts = countVerdicts(chapter.results);
  const durationMs = chapter.results.reduce((sum, result) => sum + result.durationMs, 0);
  return xmlElement(
    'testsuite',
    {
      name: oneLine(chapter.name),
      tests: chapter.results.length,
      failures: counts.fail + countingFlaky(report, chapter.results),
      errors: counts.error,
      skipped: counts['not-applicable'] + counts.known,
      time: seconds(durationMs),
      timestamp: timestamp(report.startedAt),
    },
    [properties(report), ...chapter.results.map((result) => testCase(chapter, result, report, linkOf))],
  );
}

function properties(report: Report): string {
  const entries: [string, string | undefined][] = [
    ['seed', String(report.seed)],
    ['target', report.target.name],
    ['server', report.target.server],
    ['tool', `mosaic2 ${report.toolVersion}`],
    ['node', report.environment.node],
    ['platform', report.environment.platform],
    ['summary', overallSentence(report)],
    ...reportRemarks(report).map((remark): [string, string] => ['remark', remark]),
  ];
  return xmlElement(
    'properties',
    {},
    entries.flatMap(([name, value]) =>
      value === undefined ? [] : [xmlElement('property', { name, value })],
    ),
  );
}

/** Flaky passes that count against the target: failures for a viewer as they are for the exit code. */
function countingFlaky({ allowFlaky }: Report, results: readonly ClauseResult[]): number {
  return allowFlaky === true ? 0 : flakyCount({ results });
}

function testCase(
  chapter: Chapter,
  result: ClauseResult,
  report: Report,
  linkOf: (result: ClauseResult) => string,
): string {
  return xmlElement(
    'testcase',
    {
      classname: `mosaic2.${oneLine(chapter.name)}`,
      name: oneLine(result.clause.id),
      time: seconds(result.durationMs),
    },
    [
      ...outcome(result, countingFlaky(report, [result]) > 0),
      xmlTextElement('system-out', {}, systemOut(result)),
      caseProperties(result, linkOf(result)),
    ],
  );
}

// How binding the clause is, which statements of the page or of a client it measures, how it is measured alone, and
// where its evidence is.
function caseProperties({ clause, reproduce }: ClauseResult, page: string): string {
  const entries = [
    ['level', clause.level],
    ...statementLines(clause).map((line) => ['statement', line]),
    ['reproduce', reproduce],
    ['page', page],
  ];
  return xmlElement(
    'properties',
    {},
    entries.map(([name, value]) => xmlElement('property', { name, value: oneLine(value!) })),
  );
}

function outcome(result: ClauseResult, countsAsFailed: boolean): string[] {
  if (countsAsFailed) {
    const flaky = `${oneLine(result.clause.title)}: ${flakySentence(result)}`;
    return [xmlTextElement('failure', { message: flaky, type: 'flaky' }, explanation(result))];
  }
  const message = `${oneLine(result.clause.title)}: ${oneLine(shortReason(result))}`;
  switch (result.verdict) {
    case 'fail':
      return [xmlTextElement('failure', { message, type: result.clause.level }, explanation(result))];
    case 'error':
      return [xmlTextElement('error', { message, type: 'not-measured' }, explanation(result))];
    case 'not-applicable':
      return [xmlElement('skipped', { message })];
    case 'known':
      // Every viewer shows the message of what was skipped; few show properties of a test case.
      return [xmlElement('skipped', { message: `${knownSentence(result)} (${message})` })];
    default:
      return [];
  }
}

// What a failure says already stands in its own element.
function systemOut(result: ClauseResult): string {
  const flaky = result.flaky ? `Flaky: ${flakySentence(result)}\n` : '';
  const known = knownSentence(result);
  const head = `${result.clause.title}\n${flaky}${known === undefined ? '' : `${known}\n`}`;
  if (result.verdict === 'fail' || result.verdict === 'error') return head.trimEnd();
  const verdict = result.verdict === 'observed' ? 'Observed, the documentation is silent.\n' : '';
  return `${head}${verdict}${explanation(result)}`;
}

function seconds(durationMs: number): string {
  return Number.isFinite(durationMs) ? (Math.max(0, durationMs) / 1000).toFixed(3) : '0.000';
}

// Readers of this format want ISO 8601 without fractions; what is no date is left out.
function timestamp(startedAt: string): string | undefined {
  const milliseconds = Date.parse(startedAt);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString().slice(0, 19);
}
