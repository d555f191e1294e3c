import type { HttpEvidence } from '../../../report.ts';
import { formatDuration, shorten } from '../../text.ts';
import { commandBlock } from '../command.ts';
import { codeBlock } from '../json-code.ts';
import { html, type SafeHtml } from '../safe-html.ts';

/** Longest body that is shown; the whole stands in report.json. */
const bodyLimit = 40_000;

/** A call and its answer side by side, and the curl line that repeats it. */
export function renderHttp(evidence: HttpEvidence): SafeHtml {
  const sent = Object.entries(evidence.requestHeaders ?? {});
  const headers = Object.entries(evidence.responseHeaders);
  return html`<div class="http">
<div class="request"><h5>Request</h5>
<p class="wire"><b>${evidence.method}</b> ${evidence.url}</p>
${body(evidence.requestBody ?? '', 'no body')}
${sent.length > 0 && headerDetails(sent)}</div>
<div class="answer"><h5>Answer <span class="quiet">after ${formatDuration(evidence.durationMs)}</span></h5>
<p class="wire"><b class="status s${statusClass(evidence.status)}">${evidence.status}</b> ${evidence.responseHeaders['content-type'] ?? ''}</p>
${body(evidence.responseBody, 'empty body')}
${headers.length > 0 && headerDetails(headers)}</div>
</div>
${commandBlock('curl', evidence.curl)}`;
}

function body(text: string, absence: string): SafeHtml {
  if (text === '') return html`<p class="quiet">${absence}</p>`;
  return codeBlock(shorten(text, bodyLimit));
}

function headerDetails(headers: readonly (readonly [string, string])[]): SafeHtml {
  return html`<details class="fold headers" open><summary>${headers.length} header${headers.length === 1 ? '' : 's'}</summary>
<dl class="fields">${headers.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></details>`;
}

function statusClass(status: number): string {
  if (status >= 200 && status < 300) return 'ok';
  return status >= 400 || status < 100 ? 'bad' : 'other';
}
