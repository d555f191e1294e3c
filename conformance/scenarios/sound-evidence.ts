import { PNG } from 'pngjs';
import { writeWav } from '../../media/wav.ts';
import { decimate } from '../analysis/decimate.ts';
import { int16FromFloat, sampleRateHz } from '../analysis/samples.ts';
import { spectrogramOf } from '../analysis/spectrogram.ts';
import type { SoundEvidence } from '../report.ts';
import type { RoomRecording } from './room-recording.ts';

/** Reports stay small: 16 kHz hold every voice and every tone of the bots. */
const decimation = 3;
/** A busy machine records for longer than was asked for: the rest is left out. */
const maxSeconds = 8;
const shown = { columns: 240, rows: 128 };
/** What is white, and what is black. */
const softestDbfs = -100;
const loudestDbfs = -20;

/** What was heard in each track of a room. */
export function soundOf({ tracks }: RoomRecording): SoundEvidence {
  return soundEvidence(
    'What was heard in each track',
    tracks.map(({ label, recording }) => ({ label, pcm: recording.pcm })),
  );
}

/**
 * Recordings to listen to and to look at.
 * @param recordings by track, 48 kHz mono, a tenth of a second or more
 */
export function soundEvidence(
  title: string,
  recordings: readonly { readonly label: string; readonly pcm: Float32Array }[],
): SoundEvidence {
  const rateHz = sampleRateHz / decimation;
  return {
    type: 'sound',
    title,
    sounds: recordings.map(({ label, pcm }) => {
      const whole = pcm.length / sampleRateHz;
      const small = decimate(pcm.subarray(0, maxSeconds * sampleRateHz), decimation);
      const wav = writeWav({ sampleRateHz: rateHz, channels: 1, samples: int16FromFloat(small) });
      return {
        label: whole > maxSeconds ? `${label}, the first ${maxSeconds} s of ${whole.toFixed(1)} s` : label,
        wavBase64: wav.toString('base64'),
        spectrogram: {
          pngBase64: draw(small).toString('base64'),
          seconds: small.length / rateHz,
          highestHz: rateHz / 2,
        },
      };
    }),
  };
}

/** Grey, the louder the darker, so that it prints; high frequencies above. */
function draw(samples: Float32Array): Buffer {
  const { columns, rows } = shown;
  const { levelsDbfs } = spectrogramOf(samples, columns, rows);
  const picture = new PNG({ width: columns, height: rows, colorType: 0 });
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const level = levelsDbfs[x * rows + (rows - 1 - y)]!;
      const darkness = Math.max(0, Math.min(1, (level - softestDbfs) / (loudestDbfs - softestDbfs)));
      const grey = Math.round(255 * (1 - darkness));
      picture.data.set([grey, grey, grey, 255], (y * columns + x) * 4);
    }
  }
  return PNG.sync.write(picture, { colorType: 0 });
}
