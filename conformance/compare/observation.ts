import { runPrefixPattern } from '../run/run-prefix.ts';

/**
 * Whether two observations say the same: `figures`, where only measured figures differ, as times, levels and ports do
 * from run to run; a status or a count is no such figure. The rooms of a run never count: their names are drawn, and how many there are at a moment is chance.
 */
export function sameObservation(one: string, other: string): 'yes' | 'figures' | 'no' {
  if (withoutNames(one) === withoutNames(other)) return 'yes';
  return withoutFigures(one) === withoutFigures(other) ? 'figures' : 'no';
}

function withoutNames(text: string): string {
  return text.replace(listed, '').replace(drawn, '');
}

const listed = new RegExp(`,? ?"${runPrefixPattern}[^"]*"`, 'g');
const drawn = new RegExp(`\\b${runPrefixPattern}`, 'g');

function withoutFigures(text: string): string {
  return withoutNames(text)
    .replace(measured, '0')
    .replace(/:\d{4,5}\b/g, ':0');
}

/** Numbers with decimals, or with a unit. */
const measured =
  /[-−+]?\b\d+(?:\.\d+|(?= ?(?:ms|s|min|dB|dBFS|Hz|kHz|kbit\/s|packets|bytes|px|fps|%)(?!\w)))/g;
