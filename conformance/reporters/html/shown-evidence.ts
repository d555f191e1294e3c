import type { ClauseResult, Evidence } from '../../report.ts';
import { needsAttention } from '../summary.ts';
import type { Anchors } from './anchors.ts';
import { renderEvidence } from './evidence/index.ts';
import { html, type SafeHtml } from './safe-html.ts';

/**
 * What evidence may take of the page, in bytes. Mail, chat and viewers of build results refuse or stall on pages of
 * more than some 15 MB; what is not evidence takes less than 3.
 */
const evidenceBytes = 12 * 10 ** 6;

/** Recordings and pictures that clauses share and that are longer than this stand in the page once. */
const sharedBytes = 20_000;

/** The evidence of each clause as it stands in the page, in its order. */
export type ShownEvidence = ReadonlyMap<ClauseResult, readonly SafeHtml[]>;

/** Evidence that stands in the page already. */
interface Standing {
  /** Of the figure. */
  readonly id: string;
  readonly result: ClauseResult;
}

/**
 * Renders all evidence while there is room: that of clauses that need a look first, then in the order of the catalogue.
 * What another clause shows already is a reference to it, which the page's script fills in; what finds no room is
 * named, and stands in report.json.
 * @param limit bytes for all of it
 */
export function showEvidence(
  results: readonly ClauseResult[],
  anchors: Anchors,
  limit = evidenceBytes,
): ShownEvidence {
  const standing = new Map<string, Standing>();
  const shown = new Map<ClauseResult, SafeHtml[]>();
  let left = limit;
  const show = (evidence: Evidence, result: ClauseResult): SafeHtml => {
    const content = renderEvidence(evidence);
    const markup = content.toString();
    const bytes = Buffer.byteLength(markup);
    const isLong = bytes > sharedBytes && (evidence.type === 'sound' || evidence.type === 'pictures');
    const before = isLong ? standing.get(markup) : undefined;
    if (before !== undefined) return reference(evidence, before, anchors);
    if (bytes > left) return leftOut(evidence);
    left -= bytes;
    if (!isLong) return figure(evidence, content);
    const id = `evidence-${standing.size + 1}`;
    standing.set(markup, { id, result });
    return figure(evidence, content, id);
  };
  for (const result of [
    ...results.filter(needsAttention),
    ...results.filter((one) => !needsAttention(one)),
  ]) {
    shown.set(
      result,
      result.evidence.map((evidence) => show(evidence, result)),
    );
  }
  return shown;
}

function figure({ type, title }: Evidence, content: SafeHtml, id?: string): SafeHtml {
  return html`<figure class="evidence e-${type}"><figcaption><h4>${title}</h4></figcaption>
<div${id !== undefined && html` id="${id}"`}>${content}</div></figure>`;
}

function reference({ type, title }: Evidence, { id, result }: Standing, anchors: Anchors): SafeHtml {
  return html`<figure class="evidence e-${type}"><figcaption><h4>${title}</h4></figcaption>
<div data-same="${id}"><p class="quiet">The same as in <a href="#${anchors.get(result)}">${result.clause.title}</a>, where it is shown.</p></div></figure>`;
}

function leftOut({ title }: Evidence): SafeHtml {
  return html`<figure class="evidence"><figcaption><h4>${title.slice(0, 200)}</h4></figcaption>
<p class="quiet">Left out, since the page would become too large to open; it stands in report.json.</p></figure>`;
}
