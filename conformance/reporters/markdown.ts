import { type ClauseResult, countVerdicts, type Report, type Verdict } from '../report.ts';
import { curlLines, factsOf } from './evidence-text.ts';
import { code, fenced, inline } from './markdown-text.ts';
import { pageLinks } from './page-link.ts';
import {
  chaptersOf,
  knownSentence,
  needsAttention,
  overallSentence,
  overallVerdict,
  reportRemarks,
  verdictOrder,
  verdictWords,
} from './summary.ts';
import { formatDuration, formatStart, plural } from './text.ts';

/** A picture for each verdict. */
export const verdictPictures: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  fail: '❌',
  known: '🔖',
  observed: '👁️',
  'not-applicable': '➖',
  error: '⚠️',
};

// GitHub cuts a job summary at 1 MiB; a reader is lost long before.
const detailedClauses = 50;

/**
 * The report as a job summary in GitHub-flavoured Markdown: the verdict, a table of chapters, what needs
 * attention in full, what was observed as a list. Text of the target is escaped: it makes no link, image,
 * mention or HTML.
 */
export function renderMarkdown(report: Report): string {
  const attention = report.results.filter(needsAttention);
  const linkOf = pageLinks(report);
  const sections = [
    `## ${verdictPictures[overallVerdict(report)]} mosaic2 conformance: ${inline(report.target.name)}`,
    `**${overallSentence(report)}**`,
    facts(report),
    reportRemarks(report)
      .map((remark) => `- ⚠️ ${inline(remark)}`)
      .join('\n'),
    chapterTable(report),
    ...attention.slice(0, detailedClauses).map((result) => details(result, linkOf(result))),
    moreFailures(attention.slice(detailedClauses)),
    list('Known failures', 'known', report),
    list('Observed', 'observed', report),
    list('Not applicable', 'not-applicable', report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function facts(report: Report): string {
  return [
    report.target.server === undefined ? '' : `server ${code(report.target.server)}`,
    `seed ${code(String(report.seed))}`,
    inline(formatStart(report.startedAt)),
    formatDuration(report.durationMs),
    `mosaic2 ${inline(report.toolVersion)} on Node ${inline(report.environment.node)}, ${inline(report.environment.platform)}`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}

function chapterTable(report: Report): string {
  const row = (name: string, results: readonly ClauseResult[]) => {
    const counts = countVerdicts(results);
    return `| ${name} | ${verdictOrder.map((verdict) => counts[verdict] || '·').join(' | ')} |`;
  };
  return [
    `| chapter | ${verdictOrder.map((verdict) => `${verdictPictures[verdict]} ${verdictWords[verdict]}`).join(' | ')} |`,
    `| :-- | ${verdictOrder.map(() => '--:').join(' | ')} |`,
    ...chaptersOf(report.results).map((chapter) => row(inline(chapter.name), chapter.results)),
    row('**all**', report.results),
  ].join('\n');
}

/** Those there is no room for in full: each with the command that repeats it. */
function moreFailures(results: readonly ClauseResult[]): string {
  if (results.length === 0) return '';
  const lines = results.map(({ clause, reproduce }) => `- ${code(clause.id)} ${code(reproduce)}`);
  return `… and ${results.length} more, see the report.\n\n${lines.join('\n')}`;
}

function details(result: ClauseResult, page: string): string {
  const curls = curlLines(result.evidence).join('\n');
  const word = result.flaky ? 'flaky' : verdictWords[result.verdict];
  return [
    `### ${verdictPictures[result.verdict]} ${inline(result.clause.title)} (${word})`,
    `${code(result.clause.id)} · evidence in ${code(page)}`,
    factsOf(result)
      .map(([name, text]) => `- **${name}:** ${inline(text)}`)
      .join('\n'),
    fenced(result.reproduce),
    curls === '' ? '' : fenced(curls),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function list(heading: string, verdict: Verdict, report: Report): string {
  const results = report.results.filter((result) => result.verdict === verdict);
  if (results.length === 0) return '';
  const lines = results.map((result) => {
    const why = knownSentence(result) ?? result.reason ?? result.actual ?? result.clause.title;
    const repeat = verdict === 'known' ? ` ${code(result.reproduce)}` : '';
    return `- ${code(result.clause.id)} ${inline(why)}${repeat}`;
  });
  const summary = `${heading}: ${plural(results.length, 'clause')}`;
  return `<details><summary>${summary}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}
