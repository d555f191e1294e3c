import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../media/seeded-random.ts';
import { lagChirpSignature, toneSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { findLag } from './lag.ts';
import { legDelaySamples, looped, mixOf, opusLeg } from './testing/opus-leg.ts';

const chirp = render(lagChirpSignature, { seconds: 1, levelDbfs: -12 });

describe('the lag of a loop in a recording', () => {
  it('is found to the sample, wherever in the loop the recording begins', () => {
    fc.assert(
      fc.property(fc.nat(47999), (offset) => {
        const { lagSamples, peakRatio } = findLag(looped(chirp, offset, 24000), chirp);
        expect(lagSamples).toBe((48000 - offset) % 48000);
        expect(peakRatio).toBeGreaterThan(2);
      }),
      { numRuns: 12 },
    );
  });

  it.each([0, 1, 95, 47_905, 47_999])('is clear where the loop begins %i samples into it', (offset) => {
    const { lagSamples, peakRatio } = findLag(looped(chirp, offset, 24000), chirp);
    expect(lagSamples).toBe((48000 - offset) % 48000);
    expect(peakRatio).toBeGreaterThan(2);
  });

  it('is found where the sign is the opposite', () => {
    const inverted = looped(chirp, 47000, 48000).map((sample) => -sample);
    const { lagSamples, peakRatio } = findLag(inverted, chirp);
    expect(lagSamples).toBe(1000);
    expect(peakRatio).toBeGreaterThan(2);
  });

  it('is found in a recording of several rounds', () => {
    expect(findLag(looped(chirp, 47000, 120000), chirp).lagSamples).toBe(1000);
  });

  it('grows by 312 samples for each Opus leg, with others talking', () => {
    const other = render(toneSignature(3), { seconds: 3, levelDbfs: -12 });
    const sent = opusLeg(looped(chirp, 0, 144000));
    const recording = opusLeg(mixOf([sent, other], [1, 1])).subarray(48000, 48000 + 24000);
    const { lagSamples, peakRatio } = findLag(recording, chirp);
    expect(lagSamples).toBe(2 * legDelaySamples);
    expect(peakRatio).toBeGreaterThan(2);
  });

  it('is a guess where the reference is not there, and says so', () => {
    const random = seededRandom(1);
    const noise = new Float32Array(48000).map(() => random() / 2 - 0.25);
    expect(findLag(noise, chirp).peakRatio).toBeLessThan(1.5);
    expect(findLag(new Float32Array(4800), chirp).peakRatio).toBe(1);
  });

  it('cannot be found in nothing, nor of nothing', () => {
    expect(() => findLag(new Float32Array(0), chirp)).toThrow(RangeError);
    expect(() => findLag(chirp, new Float32Array(0))).toThrow(RangeError);
  });
});
