import type { PicturesEvidence } from '../../../report.ts';
import { html, type SafeHtml } from '../safe-html.ts';
import { base64 } from './base64.ts';

/** Pictures side by side, each under its label. */
export function renderPictures({ title, pictures }: PicturesEvidence): SafeHtml {
  return html`<div class="pictures">${pictures.map(({ label, pngBase64 }) => {
    if (!base64.test(pngBase64)) return html`<p class="quiet">${label}: no picture</p>`;
    return html`<div><img alt="${title}: ${label}" loading="lazy" src="data:image/png;base64,${pngBase64}"><span class="quiet">${label}</span></div>`;
  })}</div>`;
}
