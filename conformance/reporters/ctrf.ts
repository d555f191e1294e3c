import { type ClauseResult, countVerdicts, flakyCount, type Report, type Verdict } from '../report.ts';
import { curlLines, explanation, shortReason } from './evidence-text.ts';
import { pageLinks } from './page-link.ts';
import { statementLines } from './statement-lines.ts';
import { chapterOf, chaptersOf, knownSentence, overallSentence, reportRemarks } from './summary.ts';
import { oneLine, visibleText } from './text.ts';

/** What CTRF calls the outcome of a test. */
export type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** Version of the CTRF schema this file is written against. */
export const ctrfSpecVersion = '0.0.0';

/**
 * How verdicts map: what was only observed passed, a known failure is skipped as in other formats, and what could not be measured is `other`, since it is
 * neither a pass nor a failure of the target. `rawStatus` keeps the verdict itself.
 */
const statuses: Readonly<Record<Verdict, CtrfStatus>> = {
  pass: 'passed',
  fail: 'failed',
  known: 'skipped',
  observed: 'passed',
  'not-applicable': 'skipped',
  error: 'other',
};

/**
 * The report as a Common Test Report Format document (ctrf.io, specification 0.0.0). Tests are named by the
 * clause's id, the title is in `extra`. Times are whole milliseconds.
 */
export function renderCtrf(report: Report): string {
  const counts = countVerdicts(report.results);
  const start = startOf(report);
  const linkOf = pageLinks(report);
  const document = {
    reportFormat: 'CTRF',
    specVersion: ctrfSpecVersion,
    timestamp: new Date(start).toISOString(),
    generatedBy: 'mosaic2',
    results: {
      tool: { name: 'mosaic2', version: report.toolVersion },
      summary: {
        tests: report.results.length,
        passed: counts.pass + counts.observed,
        failed: counts.fail,
        skipped: counts['not-applicable'] + counts.known,
        pending: 0,
        other: counts.error,
        flaky: flakyCount(report),
        suites: chaptersOf(report.results).length,
        start,
        stop: start + milliseconds(report.durationMs),
        duration: milliseconds(report.durationMs),
        extra: { verdicts: counts, sentence: overallSentence(report), remarks: reportRemarks(report) },
      },
      environment: {
        appName: oneLine(report.target.name),
        osPlatform: report.environment.platform,
        extra: {
          seed: report.seed,
          node: report.environment.node,
          ...(report.target.server !== undefined && { server: oneLine(report.target.server) }),
        },
      },
      tests: report.results.map((result) => test(result, linkOf(result))),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function test(result: ClauseResult, page: string): object {
  const { clause, verdict } = result;
  const known = knownSentence(result);
  const explained = verdict !== 'pass' || result.flaky === true || known !== undefined;
  const why =
    verdict === 'known' || verdict === 'pass' ? (known ?? shortReason(result)) : shortReason(result);
  return {
    // The schema wants a name that says something.
    name: oneLine(clause.id) || 'without an id',
    status: statuses[verdict],
    rawStatus: verdict,
    duration: milliseconds(result.durationMs),
    suite: [oneLine(chapterOf(clause.id))],
    tags: [clause.level],
    type: 'conformance',
    flaky: result.flaky === true,
    ...(result.attempts !== undefined && { retries: result.attempts - 1 }),
    ...(explained && { message: `${oneLine(clause.title)}: ${oneLine(why)}` }),
    ...((verdict === 'fail' || verdict === 'error') && { trace: visibleText(explanation(result)) }),
    extra: {
      title: visibleText(clause.title),
      level: clause.level,
      source: visibleText(clause.source),
      requirement: visibleText(clause.requirement),
      statements: statementLines(clause).map(visibleText),
      needs: clause.needs.map(visibleText),
      ...(result.expected !== undefined && { expected: visibleText(result.expected) }),
      ...(result.actual !== undefined && { actual: visibleText(result.actual) }),
      ...(result.reason !== undefined && { reason: visibleText(result.reason) }),
      ...(known !== undefined && { known: visibleText(known) }),
      requests: curlLines(result.evidence).map(visibleText),
      reproduce: visibleText(result.reproduce),
      page,
    },
  };
}

function milliseconds(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0;
}

// The schema wants a number: a start that is no date counts from 1970, which is plainly wrong to a reader.
function startOf(report: Report): number {
  const start = Date.parse(report.startedAt);
  return Number.isNaN(start) ? 0 : start;
}
