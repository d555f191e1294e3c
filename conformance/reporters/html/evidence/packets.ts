import type { PacketsEvidence } from '../../../report.ts';
import { formatNumber, plural } from '../../text.ts';
import { html, type SafeHtml } from '../safe-html.ts';

/** A column: its head, and how many decimals its numbers have. */
type Columns<Row> = readonly (readonly [head: string, key: keyof Row & string, decimals?: number])[];

const receivedColumns: Columns<PacketsEvidence['received'][number]> = [
  ['packets', 'packets'],
  ['lost', 'lost'],
  ['reordered', 'reordered'],
  ['duplicates', 'duplicates'],
  ['jitter, ms', 'jitterMs', 2],
  ['bytes', 'bytes'],
  ['kbit/s', 'bitrateKbps', 1],
  ['largest gap, ms', 'largestGapMs', 1],
];

const sentColumns: Columns<PacketsEvidence['sent'][number]> = [
  ['packets', 'packets'],
  ['sent late', 'late'],
  ['latest by, ms', 'worstLateMs', 1],
  ['bytes', 'bytes'],
  ['kbit/s', 'bitrateKbps', 1],
];

/** What was counted of each track, at listeners and at publishers. */
export function renderPackets({ title, received, sent, leftOut }: PacketsEvidence): SafeHtml {
  return html`${received.length > 0 && table(title, 'Received', received, receivedColumns)}
${sent.length > 0 && table(title, 'Sent by the bots', sent, sentColumns)}
<p class="quiet">From the beginning of each session to its end. ${received.length > 0 && 'Jitter as in RFC 3550 §6.4.1. '}${sent.length > 0 && 'Late: more than 10 ms after it was due, packets of sound or pictures. '}${leftOut > 0 && `${plural(leftOut, 'more track')} left out.`}</p>`;
}

function table<Row extends { readonly track: string }>(
  title: string,
  caption: string,
  rows: readonly Row[],
  columns: Columns<Row>,
): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}: ${caption}"><table class="measurements packets">
<caption>${caption}</caption>
<thead><tr><th scope="col">track</th>${columns.map(([head]) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${row.track}</th>${columns.map(([, key, decimals = 0]) => html`<td>${formatNumber(Number(row[key]), decimals)}</td>`)}</tr>`)}</tbody></table></div>`;
}
