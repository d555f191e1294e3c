import { describe, expect, it } from 'vitest';
import { concatSamples, samplesPerFrame } from '../analysis/samples.ts';
import { legDelaySamples, looped, opusLeg } from '../analysis/testing/opus-leg.ts';
import { lagChirpSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { atDelayRate, delayGrowth, isClear, longestWaitMs, mouthToMix } from './delay.ts';

describe('the delay from mouth to mix', () => {
  const sweep = (fromHz: number, toHz: number) =>
    render({ ...lagChirpSignature, fromHz, toHz }, { seconds: 1, levelDbfs: -12 });
  const reference = concatSamples([sweep(300, 3400), sweep(3400, 300), sweep(900, 2500)]);
  const spoken = atDelayRate(reference);
  /** Two seconds and a half of packets, each there `delayMs` after its first sample was spoken. */
  const heard = (delayMs: number, spokenBefore: number, pcm: Float32Array) => {
    const offsets = Array.from({ length: pcm.length / samplesPerFrame }, (_, i) => i * samplesPerFrame);
    const packets = offsets.map((offset, i) => ({
      sequenceNumber: i,
      ssrc: 1,
      timestamp: offset,
      payload: Buffer.alloc(0),
      arrivalNs: BigInt(Math.round((delayMs + (spokenBefore + offset) / 48) * 1e6)),
    }));
    return { packets, pcm, offsets, lostPackets: 0 };
  };

  it.each([
    [7, 0],
    [52.5, 100_001],
    [480, 143_000],
    [2900, 48_000],
  ])('is %s ms, to a tenth, wherever in the loop the recording begins', (delayMs, spokenBefore) => {
    const pcm = looped(reference, spokenBefore, 120_000);
    const delays = mouthToMix(heard(delayMs, spokenBefore, pcm), spoken, 0n);
    expect(delays).toHaveLength(100);
    for (const delay of delays) expect(Math.abs(delay.delayMs - delayMs)).toBeLessThan(0.1);
  });

  it('has what Opus adds in it', () => {
    const pcm = opusLeg(looped(reference, 0, 120_000));
    const delays = mouthToMix(heard(30, 0, pcm), spoken, 0n);
    expect(delays).toHaveLength(100);
    for (const { delayMs } of delays) expect(Math.abs(delayMs - 30 - legDelaySamples / 48)).toBeLessThan(0.1);
  });

  it('is not told where nothing of the speaker is heard', () => {
    expect(mouthToMix(heard(30, 0, new Float32Array(120_000)), spoken, 0n)).toEqual([]);
  });
});

it.each([
  [50, 100, true],
  [49, 100, false],
  [0, 100, false],
  [0, 0, false],
])('is clear with the delays of %i of %i packets: %s', (delays, packets, clear) => {
  const some = Array.from({ length: delays }, (_, n) => ({ arrivalMs: 20 * n, delayMs: 40 }));
  expect(isClear(some, { packets: Array.from({ length: packets }, () => ({}) as never) })).toBe(clear);
});

describe('the growth of a delay', () => {
  const every20Ms = (delayMs: (i: number) => number) =>
    Array.from({ length: 200 }, (_, i) => ({ arrivalMs: 5000 + 20 * i, delayMs: delayMs(i) }));

  it('is what a second adds', () => {
    expect(delayGrowth(every20Ms((i) => 40 + 0.2 * i))).toBeCloseTo(10);
  });

  it('is none where packets are uneven, and their delay stays', () => {
    expect(Math.abs(delayGrowth(every20Ms((i) => 40 + (i % 7))))).toBeLessThan(0.5);
  });

  it.each([
    ['none', []],
    ['one', [{ arrivalMs: 5, delayMs: 40 }]],
  ])('is none of %s', (_case, delays) => {
    expect(delayGrowth(delays)).toBe(0);
  });
});

describe('the longest time between two packets', () => {
  const recorded = (...arrivalsMs: readonly number[]) => ({
    packets: arrivalsMs.map((ms, n) => ({
      ...{ sequenceNumber: n, timestamp: 960 * n, ssrc: 1, payload: Buffer.alloc(0) },
      arrivalNs: BigInt(ms * 1_000_000),
    })),
    ...{ pcm: new Float32Array(0), offsets: [], lostPackets: 0 },
  });

  it.each([
    ['after the first', [1000, 1090, 1100], 90],
    ['before the last', [1000, 1020, 1140], 120],
    ['not of two that came together', [1000, 1000], 0],
    ['nothing of one', [1000], 0],
    ['nothing of none', [], 0],
  ])('is that %s', (_case, arrivalsMs, longestMs) => {
    expect(longestWaitMs(recorded(...arrivalsMs))).toBe(longestMs);
  });
});
