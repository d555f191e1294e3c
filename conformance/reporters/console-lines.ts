import { type ClauseResult, countVerdicts, flakyCount, type Report, type Verdict } from '../report.ts';
import type { ConsolePaint } from './console-paint.ts';
import { curlLines, factsOf } from './evidence-text.ts';
import {
  needsAttention,
  overallSentence,
  overallVerdict,
  reportRemarks,
  verdictOrder,
  verdictWords,
} from './summary.ts';
import { formatDuration, oneLine, plural, shorten, visibleText } from './text.ts';

/** A sign for each verdict, one column wide. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  pass: '✔',
  fail: '✘',
  known: '≈',
  observed: '◉',
  'not-applicable': '–',
  error: '⚠',
};

const wordWidth = 'not applicable'.length;
const nameWidth = 'Requirement'.length + 2;

/** Width of the names below the verdict, `Duration` being the longest. */
export const factWidth = 'Duration'.length + 2;

/** Longest text of one item below a failure; the whole is in the report. */
const itemLimit = 1500;

/** One line for one finished clause: symbol and word, id, title, duration. */
export function resultLine(result: ClauseResult, paint: ConsolePaint): string {
  const flaky = result.flaky ? ` ${paint.warning('flaky')}` : '';
  const unexpected = result.known?.state === 'passes' ? ` ${paint.warning('unexpected pass')}` : '';
  return [
    head(result.verdict, paint, wordWidth),
    paint.strong(oneLine(result.clause.id)),
    oneLine(result.clause.title) + flaky + unexpected,
    paint.faint(formatDuration(result.durationMs)),
  ].join('  ');
}

function head(verdict: Verdict, paint: ConsolePaint, width = 0): string {
  return paint.verdict(verdict, `${verdictSigns[verdict]} ${verdictWords[verdict].padEnd(width)}`);
}

/** What the spinner says: how far the run is and which clauses are running, cut to the terminal's width. */
export function runningText(
  clauseIds: readonly string[],
  progress: { readonly finished: number; readonly total: number },
  columns: number,
): string {
  const counter = `${progress.finished}/${progress.total}`;
  // The spinner's own sign and blanks take some columns; a line that wraps leaves remains on the screen.
  const room = Math.max(10, columns - counter.length - 6);
  const shown: string[] = [];
  for (const id of clauseIds.map(oneLine)) {
    const left = clauseIds.length - shown.length - 1;
    const text = [...shown, id].join(', ') + (left > 0 ? ` and ${left} more` : '');
    if (text.length > room) break;
    shown.push(id);
  }
  const left = clauseIds.length - shown.length;
  if (shown.length === 0) return left === 0 ? counter : `${counter}  ${plural(left, 'clause')} running`;
  return `${counter}  ${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** Everything that stands below the lines of the clauses when a run is over. */
export function summaryLines(report: Report, paint: ConsolePaint): string[] {
  const verdict = overallVerdict(report);
  return [
    ...report.results.filter(needsAttention).flatMap((result) => ['', ...details(result, paint)]),
    '',
    `${paint.verdict(verdict, verdictSigns[verdict])} ${paint.strong(overallSentence(report))}`,
    '',
    ...knownLines(report, paint),
    `${paint.faint('Clauses'.padEnd(factWidth))}${countsText(report, paint)}`,
    `${paint.faint('Target'.padEnd(factWidth))}${targetText(report)}`,
    `${paint.faint('Seed'.padEnd(factWidth))}${report.seed}`,
    `${paint.faint('Duration'.padEnd(factWidth))}${formatDuration(report.durationMs)}`,
  ];
}

/** The known failures with their reasons, and what else is to be said of the run. */
function knownLines(report: Report, paint: ConsolePaint): string[] {
  const lines = [
    ...report.results
      .filter(({ verdict }) => verdict === 'known')
      .map((result) => `${head('known', paint)}  ${oneLine(result.clause.id)}  ${knownReason(result)}`),
    ...reportRemarks(report).map((remark) => `${paint.warning('!')} ${oneLine(remark)}`),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

function knownReason({ known }: ClauseResult): string {
  if (known === undefined) return '';
  return oneLine(known.until === undefined ? known.reason : `${known.reason} (until ${known.until})`);
}

function details(result: ClauseResult, paint: ConsolePaint): string[] {
  const flaky = result.flaky ? ` ${paint.warning('(passed only when tried again)')}` : '';
  const unexpected = result.known?.state === 'passes' ? ` ${paint.warning('(unexpected pass)')}` : '';
  const items: [string, string][] = [
    ...factsOf(result),
    ...curlLines(result.evidence)
      .slice(-2)
      .map((line): [string, string] => ['Request', line]),
    ['Reproduce', result.reproduce],
  ];
  return [
    `${head(result.verdict, paint)}  ${paint.strong(oneLine(result.clause.id))}${flaky}${unexpected}`,
    `  ${oneLine(result.clause.title)}`,
    ...items.map(([name, text]) => item(name, text, paint)),
  ];
}

function item(name: string, text: string, paint: ConsolePaint): string {
  const lines = visibleText(shorten(text, itemLimit)).split('\n');
  const indent = ' '.repeat(nameWidth + 2);
  return `  ${paint.faint(name.padEnd(nameWidth))}${lines.join(`\n${indent}`)}`;
}

function countsText(report: Report, paint: ConsolePaint): string {
  const counts = countVerdicts(report.results);
  const flaky = flakyCount(report);
  const parts = verdictOrder
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => paint.verdict(verdict, `${counts[verdict]} ${verdictWords[verdict]}`));
  if (flaky > 0) parts.push(paint.warning(`${flaky} flaky`));
  return [String(report.results.length), ...(parts.length > 0 ? [parts.join(', ')] : [])].join(': ');
}

function targetText(report: Report): string {
  const name = oneLine(report.target.name);
  return report.target.server === undefined ? name : `${name} (${oneLine(report.target.server)})`;
}
