import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSpeech } from '../../media-samples/index.ts';
import { lagChirpSignature, noiseBurstSignature, toneSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { findLag } from './lag.ts';
import { projectionGain } from './projection.ts';
import { legDelaySamples, looped, mixOf, opusLeg } from './testing/opus-leg.ts';

const chirp = render(lagChirpSignature, { seconds: 1, levelDbfs: -12 });

describe('the lag of a reference in a recording', () => {
  it('is found to the sample, wherever in the loop the recording begins', () => {
    fc.assert(
      fc.property(fc.nat(47999), (offset) => {
        const { lagSamples, peakRatio } = findLag(looped(chirp, offset, 24000), chirp, { periodic: true });
        expect(lagSamples).toBe((48000 - offset) % 48000);
        expect(peakRatio).toBeGreaterThan(2);
      }),
      { numRuns: 12 },
    );
  });

  it('is found where the reference was played once', () => {
    const burst = render(noiseBurstSignature(5), { seconds: 1, levelDbfs: -6 }).subarray(0, 12000);
    const recording = new Float32Array(48000);
    recording.set(burst, 20123);
    expect(findLag(recording, burst).lagSamples).toBe(20123);
    expect(findLag(recording, burst, { phat: true }).lagSamples).toBe(20123);
    expect(findLag(recording, burst, { minLagSamples: 20000, maxLagSamples: 21000 }).lagMs).toBeCloseTo(
      419.23,
      2,
    );
  });

  it('is negative where the recording began too late', () => {
    expect(findLag(chirp.subarray(480), chirp, { minLagSamples: -4800 }).lagSamples).toBe(-480);
  });

  it('grows by 312 samples for each Opus leg, with others talking', () => {
    const other = render(toneSignature(3), { seconds: 3, levelDbfs: -12 });
    const sent = opusLeg(looped(chirp, 0, 144000));
    const recording = opusLeg(mixOf([sent, other], [1, 1])).subarray(48000, 48000 + 24000);
    const { lagSamples, peakRatio } = findLag(recording, chirp, { periodic: true });
    expect(lagSamples).toBe(2 * legDelaySamples);
    expect(peakRatio).toBeGreaterThan(2);
  });

  it('is a guess where the reference is not there, and says so', () => {
    const noise = render(noiseBurstSignature(1), { seconds: 1, levelDbfs: -12 });
    expect(findLag(noise, chirp, { periodic: true }).peakRatio).toBeLessThan(1.5);
    expect(findLag(new Float32Array(4800), chirp, { periodic: true }).peakRatio).toBe(1);
  });

  it('cannot be found in nothing, or between no lags', () => {
    expect(() => findLag(new Float32Array(0), chirp)).toThrow(RangeError);
    expect(() => findLag(chirp, chirp, { minLagSamples: 5, maxLagSamples: 4 })).toThrow(/no lag from 5 to 4/);
  });
});

describe('the projection gain', () => {
  const voices = [0, 1, 2].map((index) => loadSpeech(index).pcm.subarray(0, 240000));

  it('is 0 dB for one of three equal voices, where the correlation is about 1/√3', () => {
    const found = projectionGain(mixOf(voices, [1, 1, 1]), voices[1]!);
    expect(found.lagSamples).toBe(0);
    expect(Math.abs(found.gainDb)).toBeLessThan(0.5);
    expect(found.correlation).toBeGreaterThan(0.45);
    expect(found.correlation).toBeLessThan(0.7);
  });

  it('follows the level of a looped reference', () => {
    const found = projectionGain(
      looped(chirp, 1000, 96000).map((sample) => sample / 10),
      chirp,
      { periodic: true },
    );
    expect(found.gainDb).toBeCloseTo(-20, 3);
    expect(found.lagSamples).toBe(47000);
  });

  it('is nothing in silence', () => {
    expect(projectionGain(new Float32Array(48000), chirp).gainDb).toBe(-120);
  });
});
