import {
  type ClauseLevel,
  type ClauseResult,
  countVerdicts,
  flakyCount,
  type Report,
  type Verdict,
} from '../report.ts';
import { plural } from './text.ts';

/** Verdicts in the order they are shown: what needs a person first. */
export const verdictOrder: readonly Verdict[] = [
  'fail',
  'error',
  'known',
  'pass',
  'observed',
  'not-applicable',
];

/** Levels from the most to the least binding. */
export const levelOrder: readonly ClauseLevel[] = ['documented', 'client-required', 'undocumented'];

/** What a verdict is called in running text. */
export const verdictWords: Readonly<Record<Verdict, string>> = Object.freeze({
  pass: 'passed',
  fail: 'failed',
  known: 'known failure',
  observed: 'observed',
  'not-applicable': 'not applicable',
  error: 'error',
});

/** The clauses of one chapter: those whose id begins with the same word. */
export interface Chapter {
  readonly name: string;
  readonly results: readonly ClauseResult[];
}

/** The part of an id before its first dot; the whole id where it has none. */
export function chapterOf(clauseId: string): string {
  return clauseId.split('.', 1)[0] ?? '';
}

/** Results grouped by chapter, chapters in the order they first occur. */
export function chaptersOf(results: readonly ClauseResult[]): Chapter[] {
  const chapters = new Map<string, ClauseResult[]>();
  for (const result of results) {
    const name = chapterOf(result.clause.id);
    const members = chapters.get(name);
    if (members) members.push(result);
    else chapters.set(name, [result]);
  }
  return [...chapters].map(([name, members]) => ({ name, results: members }));
}

/** True where a person should look: a failure, an error, or a pass that was not expected or needed another try. */
export function needsAttention(result: ClauseResult): boolean {
  const { verdict, flaky, known } = result;
  return verdict === 'fail' || verdict === 'error' || flaky === true || known?.state === 'passes';
}

/** How often a flaky clause was tried, as a sentence; undefined where it is not flaky. */
export function flakySentence({ flaky, attempts }: ClauseResult): string | undefined {
  if (flaky !== true) return undefined;
  return `It passed only when it was tried again${attempts === undefined ? '' : `, at attempt ${attempts}`}.`;
}

/** What the list of known failures says of a clause, as a sentence; undefined where it says nothing. */
export function knownSentence({ known }: ClauseResult): string | undefined {
  switch (known?.state) {
    case 'counts':
      return `A known failure${known.until === undefined ? '' : ` until ${known.until}`}: ${known.reason}`;
    case 'expired':
      return `It was a known failure until ${known.until}, which is over: ${known.reason}`;
    case 'passes':
      return `It passes, though it is a known failure; the entry may go: ${known.reason}`;
    default:
      return undefined;
  }
}

/** What is to be said of a run beside its verdicts: known failures that expired, and those that pass. */
export function reportRemarks(report: Report): string[] {
  const passing = report.results
    .filter(({ known }) => known?.state === 'passes')
    .map(({ clause }) => `${clause.id} passes, though it is a known failure: the entry may go.`);
  return [...(report.notes ?? []), ...passing];
}

/** The one verdict of a run: the worst of its results. */
export function overallVerdict(report: Report): Verdict {
  const counts = countVerdicts(report.results);
  if (counts.fail > 0 || (flakyCount(report) > 0 && report.allowFlaky !== true)) return 'fail';
  if (counts.error > 0 || report.results.length === 0) return 'error';
  if (counts.pass > 0) return 'pass';
  if (counts.known > 0) return 'known';
  return counts.observed > 0 ? 'observed' : 'not-applicable';
}

/** What became of the run, as one sentence for a person. */
export function overallSentence(report: Report): string {
  const counts = countVerdicts(report.results);
  const judged = counts.pass + counts.fail;
  if (report.results.length === 0) return 'No clause was run.';
  const asides = [
    counts.error > 0 && counts.fail > 0 ? `${plural(counts.error, 'clause')} could not be measured` : '',
    counts.known > 0 ? plural(counts.known, 'known failure') : '',
    flakyCount(report) > 0
      ? `${flakyCount(report)} passed only when tried again${report.allowFlaky === true ? '' : ', which counts as failed'}`
      : '',
  ].filter((aside) => aside !== '');
  return `${[judgement(counts, judged), ...asides].join('; ')}.`;
}

function judgement(counts: Record<Verdict, number>, judged: number): string {
  if (counts.fail > 0) {
    return `${counts.fail} of ${plural(judged, 'judged clause')} failed: the target departs from what is required of it`;
  }
  if (counts.error > 0) {
    const measured = judged > 0 ? holding(judged) : 'nothing was judged';
    return `The verdict is open: ${measured}, but ${plural(counts.error, 'clause')} could not be measured`;
  }
  if (judged > 0) return capitalised(holding(judged));
  if (counts.known > 0) return 'Nothing was judged beside what is known to fail';
  return counts.observed > 0 ? 'Nothing was judged, only observed' : 'No clause applies to this target';
}

function holding(judged: number): string {
  return judged === 1 ? 'the one judged clause holds' : `all ${judged} judged clauses hold`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
