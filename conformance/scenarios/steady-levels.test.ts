import { describe, expect, it } from 'vitest';
import { loadSpeech } from '../../media-samples/index.ts';
import { dbToAmplitude } from '../analysis/decibels.ts';
import { concatSamples } from '../analysis/samples.ts';
import { looped, mixOf, opusLeg } from '../analysis/testing/opus-leg.ts';
import { steadyLevels, worstFloorDb } from './steady-levels.ts';

const clips = [0, 1, 2].map(loadSpeech);
const sources = clips.map(({ name, pcm }) => ({ name, period: pcm }));
const settle = 48_000;
const length = 144_000;
const limitDb = -30;

/** What is heard through the mix's leg of voices that are each played sooner from a moment on. */
function heard(gainsDb: readonly number[], slipsAtSeconds: readonly (number | undefined)[]): Float32Array {
  const voices = clips.map(({ pcm }, k) => {
    const at = slipsAtSeconds[k];
    const before = settle + (at === undefined ? length : at * 48_000);
    const steady = looped(pcm, 50_000 * k, before);
    return concatSamples([steady, looped(pcm, 50_000 * k + before + 960, settle + length - before)]);
  });
  return opusLeg(mixOf(voices, gainsDb.map(dbToAmplitude))).subarray(settle);
}

describe('the levels in tracks', () => {
  it('are those of the whole recording where nothing slips', () => {
    const [found] = steadyLevels([heard([0, 0, -100], [])], sources, limitDb);
    const { levels, byHalf } = found!;
    expect(byHalf).toBe(false);
    expect(levels.map(({ isClear }) => isClear)).toEqual([true, true, false]);
  });

  it('are those of the whole recording where no half of it says more', () => {
    const { levels, byHalf, besides } = steadyLevels([heard([0, 0, -100], [])], sources, -60)[0]!;
    expect([byHalf, besides]).toEqual([false, []]);
    expect(worstFloorDb(levels)).toBeLessThan(limitDb);
  });

  it.each([
    ['somebody is played sooner, early', [0.6]],
    ['somebody is played sooner in the middle', [1.5]],
    ['somebody is played sooner, late', [2.3]],
    ['two are, one after the other', [1.8, 2.6]],
  ])('are those of the other half where %s', (_case, slips) => {
    for (const leakDb of [-100, -25]) {
      const recording = heard([0, 0, leakDb], slips);
      const [found] = steadyLevels([recording], sources, limitDb);
      const { levels, byHalf, besides } = found!;
      expect(byHalf).toBe(true);
      expect(worstFloorDb(levels)).toBeLessThan(limitDb);
      for (const { gainDb } of levels.slice(0, 2)) expect(Math.abs(gainDb)).toBeLessThan(1);
      const { isClear, gainDb } = levels[2]!;
      expect(isClear && gainDb > limitDb).toBe(leakDb === -25);
      // A slip alone makes nobody clear who is not there.
      if (leakDb === -100) expect(besides[2]!.isClear && besides[2]!.gainDb > limitDb).toBe(false);
    }
  });

  it('tell of a leak in the half with the slip alone', () => {
    const middle = length >> 1;
    const leaking = heard([0, 0, -10], [0.6]).subarray(0, middle);
    const clean = heard([0, 0, -100], [0.6]).subarray(middle);
    const { levels, byHalf, besides } = steadyLevels([concatSamples([leaking, clean])], sources, limitDb)[0]!;
    expect(byHalf).toBe(true);
    expect(levels[2]!.isClear && levels[2]!.gainDb > limitDb).toBe(false);
    expect(besides[2]!.isClear && besides[2]!.gainDb > limitDb).toBe(true);
  });

  it('say by their floor that they are worth little where both halves have slips', () => {
    const [found] = steadyLevels([heard([0, 0, -100], [0.7, 2.2])], sources, limitDb);
    expect(worstFloorDb(found!.levels)).toBeGreaterThan(limitDb);
  });
});
