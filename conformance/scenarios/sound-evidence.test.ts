import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { readWav } from '../../media/wav.ts';
import { soundEvidence } from './sound-evidence.ts';

const tone = Float32Array.from(
  { length: 48_000 },
  (_, n) => 0.1 * Math.sin((2 * Math.PI * 2000 * n) / 48_000),
);

describe('soundEvidence', () => {
  it('is a file that can be played and a picture that shows the tone', () => {
    const [sound, silence] = soundEvidence('Heard', [
      { label: 'all', pcm: tone },
      { label: 'alice', pcm: new Float32Array(48_000) },
    ]).sounds;
    const wav = readWav(Buffer.from(sound!.wavBase64, 'base64'));
    expect(wav).toMatchObject({ sampleRateHz: 16_000, channels: 1 });
    expect(wav.samples.length).toBe(16_000);
    expect(sound!.spectrogram).toMatchObject({ seconds: 1, highestHz: 8000 });
    const picture = PNG.sync.read(Buffer.from(sound!.spectrogram.pngBase64, 'base64'));
    const greyAt = (hz: number) => picture.data[((127 - Math.floor((hz / 8000) * 128)) * 240 + 120) * 4]!;
    expect(greyAt(2000)).toBeLessThan(60);
    expect(greyAt(5000)).toBeGreaterThan(220);
    const white = PNG.sync.read(Buffer.from(silence!.spectrogram.pngBase64, 'base64'));
    expect(white.data.every((value) => value === 255)).toBe(true);
  });

  it('keeps the beginning of what is far longer than was asked for, and says so', () => {
    const [sound] = soundEvidence('Heard', [{ label: 'all', pcm: new Float32Array(48_000 * 11.5) }]).sounds;
    expect(sound!.label).toBe('all, the first 8 s of 11.5 s');
    expect(readWav(Buffer.from(sound!.wavBase64, 'base64')).samples.length).toBe(8 * 16_000);
    expect(sound!.spectrogram.seconds).toBe(8);
  });
});
