import type { Verdict } from '../../report.ts';
import { verdictWords } from '../summary.ts';
import { html, type SafeHtml } from './safe-html.ts';

// Outlines that differ in shape, so that a verdict is told without its colour.
const shapes: Readonly<Record<Verdict, SafeHtml>> = {
  pass: html`<circle cx="8" cy="8" r="7"/><path d="M4.8 8.2l2.2 2.3 4.2-4.7"/>`,
  fail: html`<path class="solid" d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z"/><path class="on" d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>`,
  known: html`<path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z"/><path d="M4.6 6.4c1.4-1 2.6 1 3.8.4s1.6-.8 3-.4M4.6 10c1.4-1 2.6 1 3.8.4s1.6-.8 3-.4"/>`,
  observed: html`<path d="M1 8c2-3.4 4.3-5 7-5s5 1.6 7 5c-2 3.4-4.3 5-7 5s-5-1.6-7-5z"/><circle cx="8" cy="8" r="2"/>`,
  'not-applicable': html`<circle cx="8" cy="8" r="7" stroke-dasharray="2.6 1.8"/><path d="M5 8h6"/>`,
  error: html`<path d="M8 1.6L15 14H1z"/><path d="M8 6v3.6M8 11.6v.4"/>`,
};

/** The drawings that {@link verdictIcon} refers to; stands once in a page. */
export function iconSheet(): SafeHtml {
  const symbols = Object.entries(shapes).map(
    ([verdict, shape]) => html`<symbol id="icon-${verdict}" viewBox="0 0 16 16">${shape}</symbol>`,
  );
  return html`<svg class="sheet" width="0" height="0" aria-hidden="true">${symbols}</svg>`;
}

/** The icon of a verdict; decoration, so the word must stand beside it. */
export function verdictIcon(verdict: Verdict): SafeHtml {
  return html`<svg class="icon v-${verdict}" aria-hidden="true"><use href="#icon-${verdict}"/></svg>`;
}

/** Icon and word of a verdict. */
export function verdictTag(verdict: Verdict): SafeHtml {
  return html`<span class="verdict v-${verdict}">${verdictIcon(verdict)}${verdictWords[verdict]}</span>`;
}
