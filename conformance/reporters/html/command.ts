import { html, type SafeHtml } from './safe-html.ts';

/** A command line with a button that copies it; the button shows itself only where scripts run. */
export function commandBlock(label: string, command: string): SafeHtml {
  return html`<div class="command"><span class="label">${label}</span><pre tabindex="0"><code>${command}</code></pre><button type="button" class="copy" aria-label="Copy the ${label} command" hidden>Copy</button></div>`;
}
