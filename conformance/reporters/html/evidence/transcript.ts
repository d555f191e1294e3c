import type { Talk, TranscriptEvidence, TranscriptMessage } from '../../../report.ts';
import { formatNumber, plural, shorten } from '../../text.ts';
import { codeBlock } from '../json-code.ts';
import { html, type SafeHtml } from '../safe-html.ts';

/** Longest body that is shown; the whole stands in report.json. */
const bodyLimit = 12_000;

/** Each talk folded, its messages in order with direction and time. */
export function renderTranscript({ talks, leftOut }: TranscriptEvidence): SafeHtml {
  return html`${talks.map(renderTalk)}
${leftOut > 0 && html`<p class="quiet">${plural(leftOut, 'more session')} of the same kind ${leftOut === 1 ? 'is' : 'are'} left out.</p>`}`;
}

function renderTalk({ label, messages, leftOut }: Talk): SafeHtml {
  const last = messages.at(-1)?.atMs ?? 0;
  return html`<details class="fold talk" open><summary>${label} <span class="quiet">${plural(messages.length, 'message')} in ${timeText(last)}</span></summary>
<ol class="messages">${messages.map(renderMessage)}</ol>
${leftOut > 0 && html`<p class="quiet">${plural(leftOut, 'more message')} left out.</p>`}</details>`;
}

function renderMessage({ atMs, direction, line, headers = {}, body }: TranscriptMessage): SafeHtml {
  const named = Object.entries(headers);
  return html`<li class="${direction}"><p class="wire"><span class="way">${direction === 'sent' ? '→ sent' : '← received'}</span> <span class="quiet">${timeText(atMs)}</span> <b>${line}</b></p>
${named.length > 0 && html`<dl class="fields">${named.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`}
${body !== undefined && bodyParts(body).map((part) => codeBlock(shorten(part, bodyLimit)))}</li>`;
}

/** SDP in a JSON frame stands on one line with escapes: it is shown behind the frame, line by line. */
function bodyParts(body: string): string[] {
  try {
    const frame: unknown = JSON.parse(body);
    if (typeof frame !== 'object' || frame === null) return [body];
    const { sdp } = frame as { readonly sdp?: unknown };
    if (typeof sdp !== 'string') return [body];
    return [JSON.stringify({ ...frame, sdp: 'see below' }), sdp];
  } catch {
    return [body];
  }
}

function timeText(ms: number): string {
  return ms < 1000 ? `${formatNumber(ms, ms < 10 ? 1 : 0)} ms` : `${formatNumber(ms / 1000, 2)} s`;
}
