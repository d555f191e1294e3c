import type { WaveformEvidence } from '../../../report.ts';
import { formatNumber, plural } from '../../text.ts';
import { chart, linePath, px, roundTicks } from '../chart.ts';
import { html, type SafeHtml } from '../safe-html.ts';

/** The chart is this wide; more slices than it has columns are merged. */
const size = { width: 860, height: 150 };

/** The envelope of a recording over time, with its marks. */
export function renderWaveform(evidence: WaveformEvidence): SafeHtml {
  const durationSeconds = Math.max(evidence.durationSeconds, 1e-6) || 1e-6;
  const slices = mergedSlices(evidence, size.width);
  const marks = evidence.marks ?? [];
  const peak = slices.reduce((highest, slice) => Math.max(highest, slice.high, -slice.low), 0);
  const description = `${evidence.title}: waveform of ${durationSeconds.toFixed(2)} s, peak ${peak.toFixed(2)} of full scale, ${plural(marks.length, 'mark')}`;
  const figure = chart(
    size,
    { from: 0, to: durationSeconds, ticks: roundTicks(0, durationSeconds, 10), label: 'time in s' },
    {
      from: -1,
      to: 1,
      ticks: [-1, 0, 1].map((value) => ({ value, label: formatNumber(value, 0) })),
      label: 'full scale',
    },
    description,
    ({ x, y, top, bottom }) => {
      const at = (index: number) => x(((index + 0.5) / slices.length) * durationSeconds);
      const upper = slices.map((slice, index) => [at(index), y(slice.high)] as const);
      const lower = slices.map((slice, index) => [at(index), y(slice.low)] as const).reverse();
      return [
        slices.length > 0 && html`<path class="wave" d="${linePath([...upper, ...lower])}Z"/>`,
        marks.map(
          (mark) =>
            html`<line class="mark" x1="${px(x(mark.atSeconds))}" x2="${px(x(mark.atSeconds))}" y1="${top}" y2="${bottom}"/>${flag(x(mark.atSeconds), top, mark.label)}`,
        ),
      ];
    },
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${evidence.title}">${figure}</div>
${marks.length > 0 && markList(evidence)}`;
}

// Labels near the right edge would be cut off; they turn to the left.
function flag(x: number, top: number, label: string): SafeHtml {
  const turned = x > size.width * 0.75;
  return html`<text class="mark-label" x="${px(turned ? x - 4 : x + 4)}" y="${top + 9}" text-anchor="${turned ? 'end' : 'start'}">${label}</text>`;
}

function markList(evidence: WaveformEvidence): SafeHtml {
  return html`<ul class="marks">${evidence.marks?.map((mark) => html`<li><b>${mark.atSeconds.toFixed(3)} s</b> ${mark.label}</li>`)}</ul>`;
}

function mergedSlices(evidence: WaveformEvidence, columns: number): { low: number; high: number }[] {
  const count = Math.min(evidence.low.length, evidence.high.length);
  const width = Math.max(1, Math.ceil(count / columns));
  const merged = [];
  for (let start = 0; start < count; start += width) {
    merged.push({
      low: extreme(evidence.low.slice(start, Math.min(count, start + width)), Math.min),
      high: extreme(evidence.high.slice(start, Math.min(count, start + width)), Math.max),
    });
  }
  return merged;
}

function extreme(values: readonly number[], pick: (a: number, b: number) => number): number {
  return values.reduce((found, value) => (Number.isFinite(value) ? pick(found, value) : found), 0);
}
