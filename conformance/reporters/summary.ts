import { type ClauseLevel, type ClauseResult, countVerdicts, type Report, type Verdict } from '../report.ts';
import { plural } from './text.ts';

/** Verdicts in the order they are shown: what needs a person first. */
export const verdictOrder: readonly Verdict[] = ['fail', 'error', 'pass', 'observed', 'not-applicable'];

/** Levels from the most to the least binding. */
export const levelOrder: readonly ClauseLevel[] = ['documented', 'client-required', 'undocumented'];

/** What a verdict is called in running text. */
export const verdictWords: Readonly<Record<Verdict, string>> = Object.freeze({
  pass: 'passed',
  fail: 'failed',
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

/** True where a person should look: a failure, an error, or a pass that needed another try. */
export function needsAttention(result: ClauseResult): boolean {
  return result.verdict === 'fail' || result.verdict === 'error' || result.flaky === true;
}

/** The one verdict of a run: the worst of its results. */
export function overallVerdict(report: Report): Verdict {
  const counts = countVerdicts(report.results);
  if (counts.fail > 0) return 'fail';
  if (counts.error > 0 || report.results.length === 0) return 'error';
  if (counts.pass > 0) return 'pass';
  return counts.observed > 0 ? 'observed' : 'not-applicable';
}

/** What became of the run, as one sentence for a person. */
export function overallSentence(report: Report): string {
  const counts = countVerdicts(report.results);
  const judged = counts.pass + counts.fail;
  if (report.results.length === 0) return 'No clause was run.';
  const asides = [
    counts.error > 0 && counts.fail > 0 ? `${plural(counts.error, 'clause')} could not be measured` : '',
    flakyCount(report) > 0 ? `${flakyCount(report)} passed only when tried again` : '',
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
  return counts.observed > 0 ? 'Nothing was judged, only observed' : 'No clause applies to this target';
}

function holding(judged: number): string {
  return judged === 1 ? 'the one judged clause holds' : `all ${judged} judged clauses hold`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How many passed only when they were tried again. */
export function flakyCount(report: Report): number {
  return report.results.filter((result) => result.flaky === true).length;
}
