import { formatNumber } from '../text.ts';
import { type HtmlValue, html, type SafeHtml } from './safe-html.ts';

/** A tick of an axis: where it is, in the axis' own unit, and what stands beside it. */
interface Tick {
  readonly value: number;
  readonly label: string;
}

/** An axis from `from` to `to`. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
  /** Name and unit. */
  readonly label: string;
}

/** A chart's size in SVG units, which are CSS pixels at full size. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** Turns values into places inside a chart. */
export interface ChartScales {
  x(value: number): number;
  y(value: number): number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const margin = { left: 52, right: 14, top: 20, bottom: 34 };

/**
 * An SVG chart with axes, grid lines and whatever `draw` puts into it. `description` is what a screen reader
 * says instead of the picture.
 */
export function chart(
  size: ChartSize,
  xAxis: Axis,
  yAxis: Axis,
  description: string,
  draw: (scales: ChartScales) => HtmlValue,
): SafeHtml {
  const left = margin.left;
  const right = size.width - margin.right;
  const top = margin.top;
  const bottom = size.height - margin.bottom;
  const scales = { x: scale(xAxis, left, right), y: scale(yAxis, bottom, top), left, right, top, bottom };
  const xTicks = xAxis.ticks.map((tick) => {
    const x = px(scales.x(tick.value));
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/><text x="${x}" y="${bottom + 14}" text-anchor="middle">${tick.label}</text>`;
  });
  const yTicks = yAxis.ticks.map((tick) => {
    const y = px(scales.y(tick.value));
    return html`<line class="grid" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/><text x="${left - 6}" y="${y}" dy=".32em" text-anchor="end">${tick.label}</text>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${description}" style="--w:${size.width}px">
${xTicks}${yTicks}
<text class="axis" x="${right}" y="${size.height - 5}" text-anchor="end">${xAxis.label}</text>
<text class="axis" x="${left - 46}" y="9">${yAxis.label}</text>
${draw(scales)}</svg>`;
}

function scale(axis: Axis, start: number, end: number): (value: number) => number {
  const span = axis.to - axis.from || 1;
  return (value) => {
    const share = Math.min(1, Math.max(0, (value - axis.from) / span));
    return start + (end - start) * (Number.isNaN(share) ? 0 : share);
  };
}

/** A coordinate with one decimal: more would only make the file larger. */
export function px(value: number): string {
  return value.toFixed(1);
}

/** The `points` or `d` list of a line through places that are in SVG units already. */
export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');
}

/** Ticks at round numbers (1, 2 or 5 times a power of ten), at most about `count` of them. */
export function roundTicks(from: number, to: number, count: number): Tick[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span)) return [{ value: from, label: formatNumber(from, 0) }];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const decimals = Math.min(9, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const first = Math.ceil(from / step - 1e-9);
  return Array.from(
    { length: Math.min(2 * count + 2, Math.floor(span / step) + 2) },
    (_, index) => first + index,
  )
    .map((multiple) => multiple * step)
    .filter((value) => value <= to + step * 1e-9)
    .map((value) => ({ value, label: formatNumber(value, decimals) }));
}
