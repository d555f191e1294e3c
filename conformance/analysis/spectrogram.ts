import { powerToDb } from './decibels.ts';
import { spectrumOf } from './fourier.ts';
import { blackmanHarris } from './window.ts';

/** Levels over time and frequency. */
export interface Spectrogram {
  readonly columns: number;
  readonly rows: number;
  /** In dB of full scale, column by column; within a column from 0 Hz up. */
  readonly levelsDbfs: Float32Array;
}

/** At 16 kHz 64 ms: tones 300 Hz apart are lines of their own, and syllables stay apart. */
const windowSamples = 1024;

/**
 * The level of every frequency at every moment; a tone at full scale is 0 dB.
 * @param columns moments, evenly spread over the recording
 * @param rows bands, evenly spread from 0 Hz to half the sample rate; each shows its loudest frequency
 * @throws RangeError for a recording that is shorter than 1024 samples, or more rows than frequencies
 */
export function spectrogramOf(samples: Float32Array, columns: number, rows: number): Spectrogram {
  if (samples.length < windowSamples || rows > windowSamples / 2 || rows < 1 || columns < 1) {
    throw new RangeError(`spectrogramOf: ${samples.length} samples, ${columns} x ${rows}`);
  }
  const window = blackmanHarris(windowSamples);
  const scale = (2 / window.reduce((sum, weight) => sum + weight, 0)) ** 2;
  const levelsDbfs = new Float32Array(columns * rows);
  const piece = new Float64Array(windowSamples);
  for (let column = 0; column < columns; column += 1) {
    const at = Math.round(((samples.length - windowSamples) * column) / Math.max(1, columns - 1));
    for (let n = 0; n < windowSamples; n += 1) piece[n] = window[n]! * samples[at + n]!;
    const spectrum = spectrumOf(piece, windowSamples);
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = [row, row + 1].map((edge) => Math.round((edge * windowSamples) / 2 / rows)) as [
        number,
        number,
      ];
      let power = 0;
      for (let k = from; k < to; k += 1) {
        power = Math.max(power, spectrum[k * 2]! ** 2 + spectrum[k * 2 + 1]! ** 2);
      }
      levelsDbfs[column * rows + row] = powerToDb(power * scale);
    }
  }
  return { columns, rows, levelsDbfs };
}
