import type { HeatMapEvidence } from '../../../report.ts';
import { formatNumber, plural } from '../../text.ts';
import { defaultLimitsDb, expectationText, type GainCell, gainCells } from '../gain-cells.ts';
import { gainScaleDb, gainStep, gainSteps } from '../gain-scale.ts';
import { html, type SafeHtml } from '../safe-html.ts';

/** Who is heard in which track, as a table whose cells are coloured by their gain. */
export function renderHeatMap(evidence: HeatMapEvidence): SafeHtml {
  const rows = gainCells(evidence);
  const differences = rows.flat().filter((cell) => cell.differs);
  return html`<p class="quiet">Gain in dB of each speaker (columns) in each track (rows). ${differenceText(differences)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${evidence.title}: table of gains">
<table class="heat">
<caption class="sr">${evidence.title}</caption>
<thead><tr><td class="corner"><span>track</span><span>speaker</span></td>${evidence.columns.map((column) => html`<th scope="col" title="${column}"><span>${column}</span></th>`)}</tr></thead>
<tbody>${rows.map((cells, index) => html`<tr><th scope="row" title="${evidence.rows[index]}"><span>${evidence.rows[index]}</span></th>${cells.map(cell)}</tr>`)}</tbody>
</table></div>
${legend(evidence)}`;
}

function differenceText(differences: readonly GainCell[]): string {
  if (differences.length === 0) return 'Every measured cell is as expected.';
  return `${plural(differences.length, 'cell')} ${differences.length === 1 ? 'is' : 'are'} not as expected.`;
}

function cell(value: GainCell): SafeHtml {
  const expected = expectationText(value.expected);
  if (value.gainDb === null) {
    return html`<td class="unmeasured" title="${value.column} in ${value.row}: nothing found, expected ${expected}">–<span class="sr"> nothing found</span></td>`;
  }
  const kinds = [`g${gainStep(value.gainDb)}`, value.expected, value.differs ? 'differs' : ''];
  const title = `${value.column} in ${value.row}: ${formatNumber(value.gainDb, 1)} dB, expected ${expected}`;
  return html`<td class="${kinds.join(' ').trim()}" title="${title}">${formatNumber(value.gainDb, 1)}${value.differs && html`<span class="sr"> not as expected: should be ${expected}</span>`}</td>`;
}

function legend(evidence: HeatMapEvidence): SafeHtml {
  const limits = evidence.limitsDb ?? defaultLimitsDb;
  return html`<div class="legend">
<span class="scale" aria-hidden="true">${formatNumber(gainScaleDb.quietest, 0)} dB ${gainSteps().map((step) => html`<i class="g${step}"></i>`)} ${gainScaleDb.loudest} dB</span>
<span><i class="key not-heard" aria-hidden="true"></i> should not be heard: at most ${formatNumber(limits.notHeardAtMost, 0)} dB</span>
<span><i class="key g${gainStep(0)}" aria-hidden="true"></i> should be heard: at least ${formatNumber(limits.heardAtLeast, 0)} dB</span>
<span><i class="key differs" aria-hidden="true"></i> not as expected</span></div>`;
}
