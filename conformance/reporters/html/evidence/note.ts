import type { NoteEvidence } from '../../../report.ts';
import { shorten } from '../../text.ts';
import { html, type SafeHtml } from '../safe-html.ts';

/** Longest log that is shown; the whole stands in report.json. */
const textLimit = 40_000;

/** A sentence as a paragraph, several lines as the log they are. */
export function renderNote(evidence: NoteEvidence): SafeHtml {
  const text = shorten(evidence.text, textLimit);
  if (!text.includes('\n')) return html`<p class="note">${text}</p>`;
  return html`<pre class="code" tabindex="0"><code>${text.trimEnd()}</code></pre>`;
}
