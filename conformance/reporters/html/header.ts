import { countVerdicts, flakyCount, type Report, type Verdict } from '../../report.ts';
import { overallSentence, overallVerdict, reportRemarks, verdictOrder, verdictWords } from '../summary.ts';
import { formatDuration, formatStart } from '../text.ts';
import { verdictIcon } from './icons.ts';
import { html, type SafeHtml } from './safe-html.ts';

/** The head of the page: what was tested, what came of it, and the facts of the run. */
export function renderHeader(report: Report): SafeHtml {
  const counts = countVerdicts(report.results);
  const overall = overallVerdict(report);
  const flaky = flakyCount(report);
  const remarks = reportRemarks(report);
  return html`<header class="top">
<p class="brand">mosaic2 <span>conformance report</span></p>
<h1>${report.target.name}</h1>
<p class="overall v-${overall}">${verdictIcon(overall)}<span>${overallSentence(report)}</span></p>
${verdictBar(counts)}
<ul class="counts">${verdictOrder.map((verdict) => html`<li class="${counts[verdict] === 0 ? 'none' : ''}">${verdictIcon(verdict)}<b>${counts[verdict]}</b> ${verdictWords[verdict]}</li>`)}${flaky > 0 && html`<li><span class="badge flaky">flaky</span><b>${flaky}</b> among the passed</li>`}</ul>
${remarks.length > 0 && html`<ul class="remarks">${remarks.map((remark) => html`<li>${remark}</li>`)}</ul>`}
<dl class="facts">${facts(report).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

/** Shares of the verdicts as a bar; a screen reader is told the counts. */
export function verdictBar(counts: Record<Verdict, number>): SafeHtml {
  const present = verdictOrder.filter((verdict) => counts[verdict] > 0);
  const description = present.map((verdict) => `${counts[verdict]} ${verdictWords[verdict]}`).join(', ');
  return html`<div class="bar" role="img" aria-label="${description || 'no clauses'}">${present.map((verdict) => html`<span class="v-${verdict}" style="flex-grow:${counts[verdict]}"></span>`)}</div>`;
}

function facts(report: Report): [string, SafeHtml | string][] {
  return [
    ['Server', report.target.server ?? 'does not say'],
    ['Started', html`<time datetime="${report.startedAt}">${formatStart(report.startedAt)}</time>`],
    ['Duration', formatDuration(report.durationMs)],
    ['Seed', html`<code>${report.seed}</code>`],
    ['Suite', `mosaic2 ${report.toolVersion}`],
    ['Ran on', `Node ${report.environment.node}, ${report.environment.platform}`],
  ];
}
