import type { ClauseResult, Evidence } from '../report.ts';
import { flakySentence, knownSentence } from './summary.ts';

/** The curl lines among the evidence, without repetitions. */
export function curlLines(evidence: readonly Evidence[]): string[] {
  const lines = evidence.flatMap((item) => (item.type === 'http' ? [item.curl] : []));
  return [...new Set(lines)];
}

/** What explains a result, by name: all that there is of it. */
export function factsOf(result: ClauseResult): [name: string, text: string][] {
  const facts: [string, string | undefined][] = [
    ['Requirement', result.clause.requirement],
    ['Source', `${result.clause.source} (${result.clause.level})`],
    ['Expected', result.expected],
    ['Actual', result.actual],
    ['Reason', result.reason],
    ['Known', knownSentence(result)],
    ['Flaky', flakySentence(result)],
  ];
  return facts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]));
}

/** The lines that explain a result where only plain text can be shown: JUnit, CTRF, the console. */
export function explanation(result: ClauseResult): string {
  const lines: [string, string][] = [
    ...factsOf(result),
    ...curlLines(result.evidence).map((line): [string, string] => ['Request', line]),
    ['Reproduce', result.reproduce],
  ];
  return lines.map(([name, text]) => `${`${name}:`.padEnd(12)} ${text}`).join('\n');
}

/** The one line that says why a result is what it is. */
export function shortReason(result: ClauseResult): string {
  return result.reason ?? result.actual ?? result.clause.requirement;
}
