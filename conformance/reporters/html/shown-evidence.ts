import type { ClauseResult, Evidence } from '../../report.ts';
import { needsAttention } from '../summary.ts';
import { renderEvidence } from './evidence/index.ts';
import { html, type SafeHtml } from './safe-html.ts';

/**
 * What evidence may take of the page, in bytes. Mail, chat and viewers of build results refuse or stall on pages of
 * more than some 15 MB; what is not evidence takes less than 3.
 */
const evidenceBytes = 12 * 10 ** 6;

/** Evidence as it stands in the page. */
export type ShownEvidence = ReadonlyMap<Evidence, SafeHtml>;

/**
 * Renders all evidence while there is room: that of clauses that need a look first, then in the order of the catalogue.
 * What finds no room is named, and stands in report.json.
 * @param limit bytes for all of it
 */
export function showEvidence(results: readonly ClauseResult[], limit = evidenceBytes): ShownEvidence {
  const shown = new Map<Evidence, SafeHtml>();
  const inOrder = [...results.filter(needsAttention), ...results.filter((result) => !needsAttention(result))];
  let left = limit;
  for (const evidence of inOrder.flatMap((result) => result.evidence)) {
    const figure = renderEvidence(evidence);
    const bytes = Buffer.byteLength(figure.toString());
    const fits = bytes <= left;
    if (fits) left -= bytes;
    shown.set(evidence, fits ? figure : leftOut(evidence));
  }
  return shown;
}

function leftOut({ title }: Evidence): SafeHtml {
  return html`<figure class="evidence"><figcaption><h4>${title.slice(0, 200)}</h4></figcaption>
<p class="quiet">Left out, since the page would become too large to open; it stands in report.json.</p></figure>`;
}
