import type { SoundEvidence } from '../../../report.ts';
import { html, type SafeHtml } from '../safe-html.ts';
import { base64 } from './base64.ts';

/** What was heard: to listen to, and as a picture of frequencies over time. */
export function renderSound({ sounds }: SoundEvidence): SafeHtml {
  return html`<div class="sounds">${sounds.map(({ label, wavBase64, spectrogram }) => {
    if (!base64.test(wavBase64) || !base64.test(spectrogram.pngBase64)) {
      return html`<p class="quiet">${label}: no sound</p>`;
    }
    const { pngBase64, seconds, highestHz } = spectrogram;
    const about = `${label}: ${seconds.toFixed(1)} s from left to right, 0 to ${highestHz / 1000} kHz from below`;
    return html`<div><img alt="Spectrogram of ${about}" title="${about}" loading="lazy" src="data:image/png;base64,${pngBase64}">
<audio controls preload="none" aria-label="${label}" src="data:audio/wav;base64,${wavBase64}"></audio><span class="quiet">${label}</span></div>`;
  })}</div>`;
}
