import type { ClauseResult } from '../../report.ts';
import { statementLines } from '../statement-lines.ts';
import { flakySentence, knownSentence, needsAttention, verdictWords } from '../summary.ts';
import { formatDuration, oneLine, shorten } from '../text.ts';
import type { Anchors } from './anchors.ts';
import { commandBlock } from './command.ts';
import { verdictTag } from './icons.ts';
import { html, type SafeHtml } from './safe-html.ts';
import type { ShownEvidence } from './shown-evidence.ts';

/** Longest text of a statement that is shown; the whole stands in report.json. */
const textLimit = 4000;

/** The clauses before and after one, in the order of the page. */
export interface Neighbours {
  readonly before: ClauseResult | undefined;
  readonly after: ClauseResult | undefined;
}

/**
 * One clause as a section that opens and closes, and as the page that its anchor leads to. All are open: the script
 * closes those that need no look.
 */
export function renderClause(
  result: ClauseResult,
  { before, after }: Neighbours,
  anchors: Anchors,
  shown: ShownEvidence,
): SafeHtml {
  const { clause, verdict } = result;
  return html`<details class="clause" id="${anchors.get(result)}" data-verdict="${verdict}" data-level="${clause.level}" data-text="${searchText(result)}"${needsAttention(result) && html` data-attention`} open>
<summary>${verdictTag(verdict)}<span class="name"><h3>${clause.title}</h3><code class="id">${clause.id}</code></span><span class="tags">${result.flaky === true && html`<span class="badge flaky">flaky</span>`}${result.known?.state === 'passes' && html`<span class="badge flaky">unexpected pass</span>`}<span class="badge ${clause.level}">${clause.level}</span><span class="duration">${formatDuration(result.durationMs)}</span></span></summary>
<div class="body">
${statement(result)}
${commandBlock('reproduce', result.reproduce)}
<p class="alone-link"><a href="#${anchors.get(result)}">This clause on a page of its own</a></p>
${shown.get(result)}
<nav class="step" aria-label="Clauses"><span>${step(before, 'prev', anchors)}</span><a href="#results">All clauses</a><span>${step(after, 'next', anchors)}</span></nav>
</div></details>`;
}

function step(
  result: ClauseResult | undefined,
  rel: 'prev' | 'next',
  anchors: Anchors,
): SafeHtml | undefined {
  if (result === undefined) return undefined;
  const [before, after] = rel === 'prev' ? ['← Previous ', ''] : ['Next ', ' →'];
  return html`<a rel="${rel}" href="#${anchors.get(result)}">${before}<span class="of">${result.clause.title}</span>${after}</a>`;
}

function statement(result: ClauseResult): SafeHtml {
  const { clause, verdict } = result;
  const actualName = verdict === 'observed' ? 'Observed' : 'Actual';
  const rows: [string, string, string | undefined][] = [
    ['requirement', 'Requirement', clause.requirement],
    ['source', 'Source', clause.source],
    ['says', 'What is said there', statementLines(clause).join('\n') || undefined],
    ['expected', 'Expected', result.expected],
    [`actual v-${verdict}`, actualName, result.actual],
    ['reason', verdict === 'error' ? 'Why not measured' : 'Reason', result.reason],
    ['reason', 'Known', knownSentence(result)],
    ['reason', 'Flaky', flakySentence(result)],
  ];
  return html`<dl class="statement">${rows.map(
    ([kind, name, text]) =>
      text !== undefined &&
      html`<div class="${kind}"><dt>${name}</dt><dd>${shorten(text, textLimit)}</dd></div>`,
  )}</dl>`;
}

// What the text filter looks through: all that is said of the clause, without its evidence.
function searchText(result: ClauseResult): string {
  const { clause } = result;
  return oneLine(
    [
      clause.id,
      clause.title,
      clause.requirement,
      clause.source,
      ...clause.statements,
      result.expected,
      result.actual,
      result.reason,
      knownSentence(result),
      verdictWords[result.verdict],
      result.flaky ? 'flaky' : undefined,
    ]
      .filter((text) => text !== undefined)
      .map((text) => shorten(text, textLimit))
      .join(' '),
  ).toLowerCase();
}
