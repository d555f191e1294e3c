import { describe, expect, it } from 'vitest';
import { loadSpeech } from '../../media-samples/index.ts';
import { dbToAmplitude } from './decibels.ts';
import { jointProjection } from './joint-projection.ts';
import { legDelaySamples, looped, mixOf, opusLeg } from './testing/opus-leg.ts';

const clips = [0, 1, 2, 3, 4].map(loadSpeech);
const sources = clips.map(({ name, pcm }) => ({ name, period: pcm }));
const settle = 48000;
const length = 144000;
/** Each bot started its clip at another time. */
const offsets = [12345, 200001, 77777, 3, 150000];

/** What is heard through the mix's leg; the clips have been through a publisher's leg already. */
function heard(
  gainsDb: readonly (number | undefined)[],
  opus: { bitrateKbps?: number; sampleRateHz?: number } = {},
) {
  const voices = gainsDb.map((_, k) => looped(clips[k]!.pcm, offsets[k]!, settle + length));
  const gains = gainsDb.map((db) => (db === undefined ? 0 : dbToAmplitude(db)));
  return opusLeg(mixOf(voices, gains), opus).subarray(settle);
}

describe('voices in a mix', () => {
  it('are all heard as loud as they were sent, each at its own lag', () => {
    for (const [k, level] of jointProjection(heard([0, 0, 0, 0, 0]), sources).entries()) {
      expect(Math.abs(level.gainDb)).toBeLessThan(0.5);
      expect(level.isClear).toBe(true);
      const period = clips[k]!.pcm.length;
      expect((level.lagSamples + offsets[k]! + settle - legDelaySamples) % period).toBe(0);
    }
  });

  it('are found where more than all of one was subtracted, so that it comes with the opposite sign', () => {
    const voices = [0, 1, 2].map((k) => looped(clips[k]!.pcm, offsets[k]!, settle + length));
    const mix = opusLeg(mixOf(voices, [-1, dbToAmplitude(-30), 1])).subarray(settle);
    const [inverted, soft] = jointProjection(mix, sources.slice(0, 3));
    expect(inverted!.isClear).toBe(true);
    expect(Math.abs(inverted!.gainDb)).toBeLessThan(0.5);
    // It is taken away like any other before soft ones are searched.
    expect(soft!.isClear).toBe(true);
    expect(Math.abs(soft!.gainDb + 30)).toBeLessThan(2);
  });

  it('are told from one that is absent, which reads as its own floor', () => {
    const [absent, ...others] = jointProjection(heard([undefined, 0, 0, 0, 0]), sources);
    expect(absent!.isClear).toBe(false);
    expect(absent!.gainDb).toBeLessThan(-38);
    expect(absent!.floorDb).toBeLessThan(-38);
    expect(Math.abs(absent!.gainDb - absent!.floorDb)).toBeLessThan(4);
    for (const other of others) expect(Math.abs(other.gainDb)).toBeLessThan(0.5);
  });

  it.each([
    { voices: 3, leakDb: -20 },
    { voices: 3, leakDb: -30 },
    { voices: 5, leakDb: -20 },
    { voices: 5, leakDb: -30 },
  ])('show a leak of $leakDb dB among $voices', ({ voices, leakDb }) => {
    const gains = Array.from({ length: voices }, (_, k) => (k === 1 ? leakDb : 0));
    const leak = jointProjection(heard(gains), sources.slice(0, voices))[1]!;
    expect(leak.isClear).toBe(true);
    expect(Math.abs(leak.gainDb - leakDb)).toBeLessThan(2);
  });

  it('are found in a narrowband room, of which nothing above 4 kHz comes', () => {
    const levels = jointProjection(
      heard([0, undefined, 0, 0], { bitrateKbps: 24, sampleRateHz: 8000 }),
      sources,
    );
    expect(levels.map(({ isClear }) => isClear)).toEqual([true, false, true, true, false]);
    for (const k of [0, 2, 3]) expect(levels[k]!.gainDb).toBeGreaterThan(-2);
    expect(levels[1]!.gainDb).toBeLessThan(-33);
  });

  it('are found at 16 kbit/s, with a floor that says how much less is certain', () => {
    const levels = jointProjection(heard([0, undefined, 0], { bitrateKbps: 16 }), sources.slice(0, 3));
    for (const k of [0, 2]) expect(levels[k]!.gainDb).toBeGreaterThan(-6);
    expect(levels[1]!.isClear).toBe(false);
    expect(levels[1]!.floorDb).toBeGreaterThan(-42);
  });

  it('are not found in silence', () => {
    for (const level of jointProjection(new Float32Array(length), sources.slice(0, 2))) {
      expect(level).toMatchObject({ gainDb: -120, isClear: false });
    }
  });

  it('cannot be compared with nothing', () => {
    expect(() => jointProjection(new Float32Array(0), sources)).toThrow(RangeError);
    expect(() =>
      jointProjection(new Float32Array(10), [{ name: 'none', period: new Float32Array(0) }]),
    ).toThrow(RangeError);
  });
});
