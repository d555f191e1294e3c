import { describe, expect, it } from 'vitest';
import { bandProbeSignature, noiseBurstSignature, toneSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { averageSpectrum, bandLevelDbfs, bandLimitHz, spectrumEvidence } from './spectrum.ts';
import { opusLeg } from './testing/opus-leg.ts';

const tone = averageSpectrum(render(toneSignature(3), { seconds: 1, levelDbfs: -12 }));

describe('the spectrum', () => {
  it('shows a tone at its level in its bin', () => {
    const bin = Math.round(1826 / tone.binHz);
    expect(Math.abs(tone.levelsDbfs[bin]! + 12)).toBeLessThan(0.9);
    expect(tone.levelsDbfs[bin + 20]).toBeLessThan(-100);
  });

  it('adds up to the level of a band', () => {
    expect(bandLevelDbfs(tone, 1700, 1900)).toBeCloseTo(-15.01, 1);
    expect(bandLevelDbfs(tone, 3000, 24000)).toBeLessThan(-100);
  });

  it.each([
    { samplerate: 8000, above: 2800, below: 4000 },
    { samplerate: 16000, above: 7100, below: 8200 },
    { samplerate: 24000, above: 11400, below: 12600 },
    { samplerate: 48000, above: 14800, below: 20000 },
  ])('ends with the band of an Opus stream of $samplerate Hz', ({ samplerate, above, below }) => {
    const probe = render(bandProbeSignature, { seconds: 2, levelDbfs: -6 });
    const limitHz = bandLimitHz(averageSpectrum(opusLeg(probe, { sampleRateHz: samplerate })));
    expect(limitHz).toBeGreaterThan(above);
    expect(limitHz).toBeLessThan(below);
  });

  it('ends nowhere in silence', () => {
    expect(bandLimitHz(averageSpectrum(new Float32Array(4800)))).toBe(0);
    expect(() => averageSpectrum(new Float32Array(10))).toThrow(RangeError);
  });

  it('is cut down for a report without losing its peaks', () => {
    const noise = averageSpectrum(render(noiseBurstSignature(1), { seconds: 1, levelDbfs: -6 }));
    const evidence = spectrumEvidence('tone', tone, { points: 100, marks: [{ atHz: 1826, label: 'carol' }] });
    expect(evidence.frequenciesHz.length).toBeLessThanOrEqual(100);
    expect(Math.max(...evidence.levelsDb)).toBeCloseTo(Math.max(...tone.levelsDbfs), 0);
    expect(evidence.marks).toEqual([{ atHz: 1826, label: 'carol' }]);
    expect(spectrumEvidence('noise', noise)).not.toHaveProperty('marks');
  });
});
