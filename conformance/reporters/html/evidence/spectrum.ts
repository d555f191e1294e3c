import type { SpectrumEvidence } from '../../../report.ts';
import { formatNumber } from '../../text.ts';
import { chart, linePath, px, roundTicks, type Tick } from '../chart.ts';
import { html, type SafeHtml } from '../safe-html.ts';

const size = { width: 860, height: 240 };

/** Levels below this are drawn at the bottom of the chart. */
const floorDb = -120;

interface Bin {
  readonly hz: number;
  readonly db: number;
}

/** Levels over frequency on a logarithmic axis, with the level at each mark. */
export function renderSpectrum(evidence: SpectrumEvidence): SafeHtml {
  const bins = binsOf(evidence);
  const fromHz = bins[0]?.hz ?? 20;
  const toHz = Math.max(bins.at(-1)?.hz ?? 20_000, fromHz * 1.01);
  const topDb = Math.max(0, ...columns(bins, fromHz, toHz).map((bin) => bin.db));
  const bottomDb = lowest(bins);
  const marks = (evidence.marks ?? []).map((mark) => ({ ...mark, db: levelAt(bins, mark.atHz) }));
  const description = `${evidence.title}: spectrum from ${frequencyText(fromHz)} to ${frequencyText(toHz)}. ${marks
    .map((mark) => `${mark.label}: ${levelText(mark.db)}`)
    .join('; ')}`;
  const figure = chart(
    size,
    { from: fromHz, to: toHz, ticks: octaveTicks(fromHz, toHz), label: 'frequency in Hz', logarithmic: true },
    { from: bottomDb, to: topDb, ticks: roundTicks(bottomDb, topDb, 6), label: 'level in dB' },
    description,
    ({ x, y, top, bottom }) => {
      const points = columns(bins, fromHz, toHz).map((bin) => [x(bin.hz), y(bin.db)] as const);
      const first = points[0];
      const last = points.at(-1);
      return [
        first !== undefined &&
          last !== undefined &&
          html`<path class="area" d="${linePath([[first[0], bottom], ...points, [last[0], bottom]])}Z"/><path class="line" d="${linePath(points)}"/>`,
        marks.map((mark, index) => {
          const at = x(mark.atHz);
          // Neighbours take turns in height, so that labels of close tones stay readable.
          const labelY = top + 9 + (index % 3) * 12;
          const turned = at > size.width * 0.8;
          return html`<line class="mark" x1="${px(at)}" x2="${px(at)}" y1="${top}" y2="${bottom}"/><text class="mark-label" x="${px(turned ? at - 4 : at + 4)}" y="${labelY}" text-anchor="${turned ? 'end' : 'start'}">${mark.label}</text>`;
        }),
      ];
    },
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${evidence.title}">${figure}</div>
${marks.length > 0 && html`<ul class="marks">${marks.map((mark) => html`<li><b>${levelText(mark.db)}</b> ${frequencyText(mark.atHz)} · ${mark.label}</li>`)}</ul>`}`;
}

function binsOf(evidence: SpectrumEvidence): Bin[] {
  const bins: Bin[] = [];
  for (const [index, hz] of evidence.frequenciesHz.entries()) {
    const level = evidence.levelsDb[index];
    // Zero has no place on a logarithmic axis; no level at all is silence.
    if (!(hz > 0) || !Number.isFinite(hz) || level === undefined || Number.isNaN(level)) continue;
    bins.push({ hz, db: Math.max(floorDb, level ?? floorDb) });
  }
  return bins.sort((a, b) => a.hz - b.hz);
}

/** The loudest bin of each half pixel column: a narrow tone must not vanish between two columns. */
function columns(bins: readonly Bin[], fromHz: number, toHz: number): Bin[] {
  const count = size.width * 2;
  const loudest = new Map<number, Bin>();
  for (const bin of bins) {
    const column = Math.floor((Math.log(bin.hz / fromHz) / Math.log(toHz / fromHz)) * count);
    const known = loudest.get(column);
    if (known === undefined || bin.db > known.db) loudest.set(column, bin);
  }
  return [...loudest.values()];
}

function lowest(bins: readonly Bin[]): number {
  const minimum = bins.reduce((low, bin) => Math.min(low, bin.db), -60);
  return Math.max(floorDb, Math.floor(minimum / 10) * 10);
}

function levelAt(bins: readonly Bin[], hz: number): number {
  let nearest: Bin | undefined;
  for (const bin of bins) {
    if (nearest === undefined || Math.abs(bin.hz - hz) < Math.abs(nearest.hz - hz)) nearest = bin;
  }
  return nearest?.db ?? Number.NaN;
}

function octaveTicks(fromHz: number, toHz: number): Tick[] {
  const values = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
  return values
    .filter((value) => value >= fromHz && value <= toHz)
    .map((value) => ({ value, label: value < 1000 ? String(value) : `${value / 1000}k` }));
}

function frequencyText(hz: number): string {
  return `${formatNumber(hz, 0)} Hz`;
}

function levelText(db: number): string {
  return `${formatNumber(db, 1)} dB`;
}
