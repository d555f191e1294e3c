import type { Evidence } from '../../../report.ts';
import type { SafeHtml } from '../safe-html.ts';
import { renderHeatMap } from './heat-map.ts';
import { renderHttp } from './http.ts';
import { renderMeasurements } from './measurements.ts';
import { renderNote } from './note.ts';
import { renderPackets } from './packets.ts';
import { renderPictures } from './pictures.ts';
import { renderSeries } from './series.ts';
import { renderSound } from './sound.ts';
import { renderTranscript } from './transcript.ts';
import { renderWaveform } from './waveform.ts';

/** What is shown of one piece of evidence, below its title. */
export function renderEvidence(evidence: Evidence): SafeHtml {
  switch (evidence.type) {
    case 'http':
      return renderHttp(evidence);
    case 'heat-map':
      return renderHeatMap(evidence);
    case 'waveform':
      return renderWaveform(evidence);
    case 'series':
      return renderSeries(evidence);
    case 'measurements':
      return renderMeasurements(evidence);
    case 'pictures':
      return renderPictures(evidence);
    case 'sound':
      return renderSound(evidence);
    case 'transcript':
      return renderTranscript(evidence);
    case 'packets':
      return renderPackets(evidence);
    case 'note':
      return renderNote(evidence);
  }
}
