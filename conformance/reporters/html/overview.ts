import type { ClauseResult, HeatMapEvidence, Report } from '../../report.ts';
import { shortReason } from '../evidence-text.ts';
import { flakySentence, knownSentence, needsAttention, verdictOrder } from '../summary.ts';
import { oneLine, plural } from '../text.ts';
import type { Anchors } from './anchors.ts';
import { differenceCount } from './gain-cells.ts';
import { verdictIcon, verdictTag } from './icons.ts';
import { html, type SafeHtml } from './safe-html.ts';
import { renderSmallMap } from './small-map.ts';

/** Most items of each list at the top; the rest is found below. */
const attentionLimit = 12;
const mapLimit = 8;

/** What a reader wants first: the clauses that need a look, and who is heard where. */
export function renderOverview(report: Report, anchors: Anchors): SafeHtml {
  return html`${attention(report, anchors)}${heatMaps(report, anchors)}`;
}

function attention(report: Report, anchors: Anchors): SafeHtml | undefined {
  const results = report.results
    .filter(needsAttention)
    .sort((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
  if (results.length === 0) return undefined;
  const more = results.length - attentionLimit;
  return html`<section class="attention" aria-labelledby="attention"><h2 id="attention">Needs a look <span class="quiet">${results.length}</span></h2>
<ol>${results.slice(0, attentionLimit).map((result) => attentionItem(result, anchors))}</ol>
${more > 0 && html`<p class="quiet">and ${more} more, open below</p>`}</section>`;
}

function attentionItem(result: ClauseResult, anchors: Anchors): SafeHtml {
  return html`<li>${verdictTag(result.verdict)}<div><a href="#${anchors.get(result)}">${result.clause.title}</a>${result.flaky === true && html` <span class="badge flaky">flaky</span>`}<p>${flakySentence(result) ?? oneLine((result.verdict === 'pass' ? knownSentence(result) : undefined) ?? shortReason(result))}</p></div></li>`;
}

function heatMaps(report: Report, anchors: Anchors): SafeHtml | undefined {
  const maps = distinctMaps(report);
  if (maps.length === 0) return undefined;
  // Maps with differences first; the order of the catalogue otherwise.
  const sorted = maps.toSorted(
    (a, b) => Number(differenceCount(b.evidence) > 0) - Number(differenceCount(a.evidence) > 0),
  );
  const more = maps.length - mapLimit;
  return html`<section class="maps" aria-labelledby="maps"><h2 id="maps">Who is heard where</h2>
<p class="quiet">Rows are tracks, columns are speakers; the stronger the colour, the louder. A crossed cell is not as expected.</p>
<div class="map-list">${sorted.slice(0, mapLimit).map(({ result, evidence }) => smallMap(result, evidence, anchors))}</div>
${more > 0 && html`<p class="quiet">and ${plural(more, 'more map')} below</p>`}</section>`;
}

/** Clauses that look at the same measurement show it once: the one that failed, or else the first. */
function distinctMaps(report: Report): { result: ClauseResult; evidence: HeatMapEvidence }[] {
  const maps = new Map<string, { result: ClauseResult; evidence: HeatMapEvidence }>();
  for (const result of report.results) {
    for (const evidence of result.evidence) {
      if (evidence.type !== 'heat-map') continue;
      const key = JSON.stringify([evidence.rows, evidence.columns, evidence.gainsDb, evidence.expected]);
      const shown = maps.get(key);
      if (shown === undefined || (shown.result.verdict !== 'fail' && result.verdict === 'fail')) {
        maps.set(key, { result, evidence });
      }
    }
  }
  return [...maps.values()];
}

function smallMap(result: ClauseResult, evidence: HeatMapEvidence, anchors: Anchors): SafeHtml {
  const differences = differenceCount(evidence);
  const summary = differences === 0 ? 'as expected' : `${plural(differences, 'cell')} not as expected`;
  return html`<a class="map" href="#${anchors.get(result)}"><span class="map-title">${verdictIcon(result.verdict)}${result.clause.title}</span>
${renderSmallMap(evidence, `${evidence.title}: ${summary}`)}
<span class="${differences > 0 ? 'no' : 'quiet'}">${summary}</span></a>`;
}
