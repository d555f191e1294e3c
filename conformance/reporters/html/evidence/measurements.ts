import type { MeasurementsEvidence } from '../../../report.ts';
import { html, type SafeHtml } from '../safe-html.ts';

/** Single figures beside their limits, as a table. */
export function renderMeasurements(evidence: MeasurementsEvidence): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${evidence.title}: table of figures"><table class="measurements">
<thead><tr><th scope="col">figure</th><th scope="col">measured</th><th scope="col">limit</th><th scope="col">as required</th></tr></thead>
<tbody>${evidence.rows.map(
    (row) =>
      html`<tr><th scope="row">${row.name}</th><td class="value">${row.value}</td><td class="value">${row.limit ?? '–'}</td><td>${okText(row.ok)}</td></tr>`,
  )}</tbody></table></div>`;
}

function okText(ok: boolean | undefined): SafeHtml {
  if (ok === undefined) return html`<span class="quiet">–</span>`;
  return ok ? html`<span class="yes">✓ yes</span>` : html`<span class="no">✗ no</span>`;
}
