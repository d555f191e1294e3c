import { describe, expect, it } from 'vitest';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { findClicks } from './clicks.ts';
import { dbToAmplitude } from './decibels.ts';
import { mixOf, opusLeg } from './testing/opus-leg.ts';

/** Near a crest of the first tone: broken off at a zero it would hardly click. */
const at = 110162;
const tone = (bot: number) => render(toneSignature(bot), { seconds: 4, levelDbfs: -14 });
const others = (bots: number) => Array.from({ length: bots - 1 }, (_, i) => tone(i + 1));
/** What is measured: after the codec has settled, and without the end. */
const settled = (samples: Float32Array) => opusLeg(samples).subarray(24000, -2000);

/** The room of so many tones after something has happened to the first. */
function roomAfter(change: (samples: Float32Array) => Float32Array, bots: number): Float32Array {
  const sources = [change(tone(0)), ...others(bots)];
  return settled(
    mixOf(
      sources,
      sources.map(() => 1),
    ),
  );
}

const leaves = (rampSamples: number) => (samples: Float32Array) =>
  samples.map((sample, n) => sample * Math.max(0, Math.min(1, (at + rampSamples - n) / rampSamples)));

describe('clicks', () => {
  it.each([1, 2, 5])('are not heard in %i steady tones', (bots) => {
    expect(roomAfter((samples) => samples, bots)).toSatisfy(
      (room: Float32Array) => findClicks(room).length === 0,
    );
  });

  it.each([1, 2, 5])('are heard where one of %i breaks off', (bots) => {
    const clicks = findClicks(roomAfter(leaves(1), bots));
    expect(clicks).toHaveLength(1);
    expect(Math.abs(clicks[0]!.atSeconds - (at - 24000 + 312) / 48000)).toBeLessThan(0.005);
    expect(clicks[0]!.excessDb).toBeGreaterThan(15);
  });

  it.each([1, 2, 5])('are not heard where one of %i fades within 5 ms', (bots) => {
    expect(findClicks(roomAfter(leaves(240), bots))).toEqual([]);
  });

  it('are heard where 10 ms were left out of the mix', () => {
    const mix = mixOf([tone(0), ...others(2)], [1, 1]);
    mix.copyWithin(at, at + 480);
    expect(findClicks(settled(mix))).toHaveLength(1);
  });

  /** The highest frequency at a level, in which some milliseconds are louder. */
  const hiss = (levelDb: number, louder: Readonly<Record<number, number>>) =>
    Float32Array.from({ length: 9600 }, (_, n) => {
      const db = louder[Math.floor((n - 3) / 48)] ?? levelDb;
      return (n % 2 === 0 ? 1 : -1) * dbToAmplitude(db);
    });

  it('stand out by 12 dB above what is around them', () => {
    expect(findClicks(hiss(-60, { 100: -49.5 }))).toEqual([]);
    const [click, ...others] = findClicks(hiss(-60, { 100: -46 }));
    expect(others).toEqual([]);
    expect(click!.excessDb).toBeCloseTo(14, 0);
    expect(click!.atSeconds).toBeCloseTo(0.1005, 3);
  });

  it('are as loud as somebody hears', () => {
    expect(findClicks(hiss(-200, { 100: -77 }))).toEqual([]);
    expect(findClicks(hiss(-200, { 100: -60 }))).toHaveLength(1);
  });

  it('are one within the frame of a codec, where it is loudest, and two further apart', () => {
    const near = findClicks(hiss(-60, { 100: -45, 110: -40, 118: -44 }));
    expect(near.map(({ atSeconds }) => Math.round(atSeconds * 1000))).toEqual([111]);
    expect(findClicks(hiss(-60, { 100: -45, 125: -40 }))).toHaveLength(2);
  });

  it('are not heard in silence', () => {
    expect(findClicks(new Float32Array(48000))).toEqual([]);
  });
});
