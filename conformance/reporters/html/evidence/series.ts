import type { SeriesEvidence } from '../../../report.ts';
import { formatNumber } from '../../text.ts';
import { type Axis, type ChartScales, chart, linePath, px, roundTicks } from '../chart.ts';
import { html, type SafeHtml } from '../safe-html.ts';
import { type SeriesStatistics, seriesStatistics, sortedFinite } from '../statistics.ts';

const size = { width: 480, height: 200 };

/** Most points drawn of one series; beyond them neighbours are thinned to their extremes. */
const pointLimit = 360;

/** A quantity measured many times: as it came, and sorted, with its percentiles and its limit. */
export function renderSeries(evidence: SeriesEvidence): SafeHtml {
  const sorted = sortedFinite(evidence.values);
  const statistics = seriesStatistics(sorted, evidence.limit);
  if (statistics === undefined) return html`<p class="quiet">No values.</p>`;
  const yAxis = valueAxis(evidence, statistics);
  return html`<div class="scroll pair" tabindex="0" role="region" aria-label="${evidence.title}">
${overTime(evidence, yAxis)}
${byPercentile(evidence, sorted, statistics, yAxis)}
</div>
${figures(evidence, statistics)}`;
}

function valueAxis(evidence: SeriesEvidence, statistics: SeriesStatistics): Axis {
  const limit = evidence.limit ?? statistics.maximum;
  const to = Math.max(statistics.maximum, limit, 0);
  const from = Math.min(0, statistics.minimum);
  const head = (to - from) * 0.08 || 1;
  return { from, to: to + head, ticks: roundTicks(from, to + head, 5), label: evidence.unit };
}

function overTime(evidence: SeriesEvidence, yAxis: Axis): SafeHtml {
  const values = evidence.values
    .map((value, index) => ({ index, value }))
    .filter((entry) => Number.isFinite(entry.value));
  const last = Math.max(1, evidence.values.length - 1);
  const dots = values.length <= 120;
  return chart(
    size,
    { from: 0, to: last, ticks: roundTicks(0, last, 6), label: 'in order of measuring' },
    yAxis,
    `${evidence.title}: ${values.length} values in order of measuring`,
    (scales) => {
      const points = thinned(values).map((entry) => [scales.x(entry.index), scales.y(entry.value)] as const);
      return [
        html`<path class="line" d="${linePath(points)}"/>`,
        dots && points.map(([x, y]) => html`<circle class="dot" cx="${px(x)}" cy="${px(y)}" r="1.8"/>`),
        limitLine(evidence, scales),
      ];
    },
  );
}

function byPercentile(
  evidence: SeriesEvidence,
  sorted: readonly number[],
  statistics: SeriesStatistics,
  yAxis: Axis,
): SafeHtml {
  const ticks = [0, 25, 50, 75, 95].map((value) => ({ value, label: String(value) }));
  const last = Math.max(1, sorted.length - 1);
  const entries = sorted.map((value, index) => ({ index: (index / last) * 100, value }));
  return chart(
    size,
    { from: 0, to: 100, ticks, label: 'percentile' },
    yAxis,
    `${evidence.title}, sorted: ${figuresText(evidence, statistics)}`,
    (scales) => {
      const points = thinned(entries).map((entry) => [scales.x(entry.index), scales.y(entry.value)] as const);
      // The greatest once more at the right edge, which a single value does not reach.
      const line = [...points, [scales.right, scales.y(statistics.maximum)] as const];
      return [
        html`<path class="area" d="${linePath([[scales.left, scales.bottom], ...line, [scales.right, scales.bottom]])}Z"/><path class="line" d="${linePath(line)}"/>`,
        [
          [50, statistics.p50],
          [95, statistics.p95],
        ].map(
          ([at = 0, value = 0]) =>
            html`<circle class="dot big" cx="${px(scales.x(at))}" cy="${px(scales.y(value))}" r="3"/><text class="dot-label" x="${px(scales.x(at) - 6)}" y="${px(scales.y(value) - 6)}" text-anchor="end">p${at} ${formatNumber(value, 1)}</text>`,
        ),
        limitLine(evidence, scales),
      ];
    },
  );
}

function limitLine(evidence: SeriesEvidence, scales: ChartScales): SafeHtml | undefined {
  if (evidence.limit === undefined || !Number.isFinite(evidence.limit)) return undefined;
  const y = px(scales.y(evidence.limit));
  return html`<line class="limit" x1="${scales.left}" x2="${scales.right}" y1="${y}" y2="${y}"/><text class="limit-label" x="${scales.left + 4}" y="${px(scales.y(evidence.limit) - 4)}">limit ${formatNumber(evidence.limit, 1)}</text>`;
}

function figures(evidence: SeriesEvidence, statistics: SeriesStatistics): SafeHtml {
  const entries: [string, string][] = [
    ['values', String(statistics.count)],
    ['min', valueText(statistics.minimum, evidence.unit)],
    ['p50', valueText(statistics.p50, evidence.unit)],
    ['p95', valueText(statistics.p95, evidence.unit)],
    ['max', valueText(statistics.maximum, evidence.unit)],
  ];
  if (evidence.limit !== undefined) {
    entries.push(['limit', valueText(evidence.limit, evidence.unit)]);
    entries.push(['above the limit', String(statistics.aboveLimit)]);
  }
  return html`<dl class="figures">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function figuresText(evidence: SeriesEvidence, statistics: SeriesStatistics): string {
  const { p50, p95, maximum } = statistics;
  return `p50 ${valueText(p50, evidence.unit)}, p95 ${valueText(p95, evidence.unit)}, max ${valueText(maximum, evidence.unit)}`;
}

function valueText(value: number, unit: string): string {
  return `${formatNumber(value, Math.abs(value) >= 1000 ? 0 : 1)} ${unit}`;
}

/** At most {@link pointLimit} points, the least and the greatest of each stretch: peaks must stay. */
function thinned<Entry extends { readonly value: number }>(entries: readonly Entry[]): Entry[] {
  if (entries.length <= pointLimit) return [...entries];
  const stretch = Math.ceil((entries.length * 2) / pointLimit);
  const kept: Entry[] = [];
  for (let start = 0; start < entries.length; start += stretch) {
    const part = entries.slice(start, start + stretch);
    const least = part.reduce((a, b) => (b.value < a.value ? b : a));
    const greatest = part.reduce((a, b) => (b.value > a.value ? b : a));
    kept.push(...part.filter((entry) => entry === least || entry === greatest));
  }
  return kept;
}
