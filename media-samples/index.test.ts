import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSpeech, speechClipCount } from './index.ts';
import { voices } from './voices.ts';

describe('the speech clips', () => {
  const clips = Array.from({ length: speechClipCount }, (_, index) => loadSpeech(index));

  it('are six, with a name each', () => {
    expect(new Set(clips.map(({ name }) => name)).size).toBe(6);
  });

  it.each(clips)('$name lasts five to six seconds in packets of 20 ms', ({ packets, pcm }) => {
    expect(pcm.length).toBe(packets.length * 960);
    expect(pcm.length / 48000).toBeGreaterThan(4.9);
    expect(pcm.length / 48000).toBeLessThan(6.2);
  });

  it.each(clips)('$name is as loud as the others and does not overload', ({ pcm }) => {
    const rms = Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length);
    expect(20 * Math.log10(rms)).toBeGreaterThan(-25);
    expect(20 * Math.log10(rms)).toBeLessThan(-23);
    expect(pcm.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThan(0.7);
  });

  it('need less than 500 kB altogether', () => {
    const bytes = voices.map(({ name }) => statSync(new URL(`${name}.opus`, import.meta.url)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
  });

  it('are refused by a number that there is not', () => {
    expect(() => loadSpeech(6)).toThrow(RangeError);
    expect(() => loadSpeech(-1)).toThrow(RangeError);
  });
});
