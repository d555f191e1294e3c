import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allTonesHz } from '../bots/signatures/tone-table.ts';
import { fitTones } from './tone-fit.ts';

const amplitude = fc.double({ min: 0, max: 1, noNaN: true });
const phase = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });

describe('a fit of tones', () => {
  it('finds amplitude and phase of all tones of all bots at once', () => {
    const every = fc.tuple(...allTonesHz.map(() => fc.record({ amplitude, phase })));
    fc.assert(
      fc.property(every, (tones) => {
        const samples = new Float32Array(6000);
        for (const [i, tone] of tones.entries()) {
          const omega = (2 * Math.PI * allTonesHz[i]!) / 48000;
          for (let n = 0; n < samples.length; n++) {
            samples[n]! += tone.amplitude * Math.cos(omega * n - tone.phase);
          }
        }
        for (const [i, found] of fitTones(samples, allTonesHz).entries()) {
          expect(found.amplitude).toBeCloseTo(tones[i]!.amplitude, 4);
          if (found.amplitude > 0.01) expect(Math.cos(found.phase - tones[i]!.phase)).toBeGreaterThan(0.9999);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('needs enough sound to tell its tones apart', () => {
    expect(() => fitTones(new Float32Array(200), [333, 702])).toThrow(/needs/);
    expect(() => fitTones(new Float32Array(5000), [30000])).toThrow(/between 0 and 24000/);
    expect(fitTones(new Float32Array(10), [])).toEqual([]);
  });
});
