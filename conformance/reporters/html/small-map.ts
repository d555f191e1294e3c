import type { HeatMapEvidence } from '../../report.ts';
import { formatNumber, oneLine } from '../text.ts';
import { expectationText, type GainCell, gainCells } from './gain-cells.ts';
import { gainStep } from './gain-scale.ts';
import { html, type SafeHtml } from './safe-html.ts';

/** Side of a cell and width of a label's letter, in SVG units. */
const cell = 17;
const letter = 6;

/** A heat map small enough to stand beside others: colours and crosses without numbers. */
export function renderSmallMap(evidence: HeatMapEvidence, description: string): SafeHtml {
  const left = 8 + letter * longest(evidence.rows);
  // The names of the columns lean by 55 degrees.
  const top = 10 + letter * 0.82 * longest(evidence.columns);
  const width = left + evidence.columns.length * cell + letter * 0.57 * longest(evidence.columns);
  const height = top + evidence.rows.length * cell + 1;
  return html`<svg class="small-map" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-label="${description}">
${evidence.columns.map((name, index) => html`<text transform="translate(${round(left + index * cell + cell / 2 + 3)} ${round(top - 5)}) rotate(-55)">${label(name)}</text>`)}
${evidence.rows.map((name, index) => html`<text x="${left - 6}" y="${round(top + index * cell + cell / 2)}" dy=".32em" text-anchor="end">${label(name)}</text>`)}
${gainCells(evidence).map((row, rowIndex) =>
  row.map((value, columnIndex) => renderCell(value, left + columnIndex * cell, top + rowIndex * cell)),
)}</svg>`;
}

function renderCell(value: GainCell, left: number, top: number): SafeHtml {
  const gain = value.gainDb === null ? 'nothing found' : `${formatNumber(value.gainDb, 1)} dB`;
  const title = `${value.column} in ${value.row}: ${gain}, expected ${expectationText(value.expected)}`;
  const cross = value.differs && html`<path class="cross" d="M${left + 5} ${round(top + 5)}l7 7m0-7l-7 7"/>`;
  return html`<g><title>${title}</title><rect class="${kindOf(value)}" x="${left + 0.5}" y="${round(top + 0.5)}" width="${cell - 2}" height="${cell - 2}" rx="2"/>${cross}</g>`;
}

function kindOf(value: GainCell): string {
  if (value.gainDb === null) return 'unmeasured';
  return value.differs ? 'differs' : `g${gainStep(value.gainDb)}`;
}

function longest(names: readonly string[]): number {
  return names.reduce((length, name) => Math.max(length, [...label(name)].length), 1);
}

function label(name: string): string {
  const characters = [...oneLine(name)];
  return characters.length > 11 ? `${characters.slice(0, 10).join('')}…` : characters.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
