import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorruptOpusError, OpusDecoder, OpusEncoder } from './opus.ts';
import {
  frameSamplesAt48k,
  opusFrameDurationsMs,
  opusParametersProblem,
  opusSampleRatesHz,
} from './opus-parameters.ts';

function tone(samples: number, from = 0, frequencyHz = 457): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) =>
    Math.round(8000 * Math.sin((2 * Math.PI * frequencyHz * (from + i)) / 48000)),
  );
}

function rms(pcm: Int16Array): number {
  return Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length);
}

describe('an Opus encoder', () => {
  const parameterSets = opusSampleRatesHz.flatMap((sampleRateHz) =>
    opusFrameDurationsMs.flatMap((ms) =>
      [6, 16, 64, 128].map((bitrateKbps) => ({
        bitrateKbps,
        sampleRateHz,
        samplesPerFrame: (ms * sampleRateHz) / 1000,
      })),
    ),
  );

  it.each(parameterSets.filter((parameters) => opusParametersProblem(parameters) === undefined))(
    'gives packets of exactly the bit rate and duration of %o',
    (parameters) => {
      const encoder = new OpusEncoder(parameters);
      const decoder = new OpusDecoder();
      const samples = frameSamplesAt48k(parameters);
      const frames = 40;
      let bytes = 0;
      for (let frame = 0; frame < frames; frame += 1) {
        const packet = encoder.encode(tone(samples, frame * samples));
        bytes += packet.length;
        expect(decoder.decode(packet)).toHaveLength(samples);
      }
      const kbps = (bytes * 8) / ((frames * samples) / 48);
      expect(Math.abs(kbps / parameters.bitrateKbps - 1)).toBeLessThan(0.15);
    },
  );

  it('refuses a frame of another length before the native code sees it', () => {
    const encoder = new OpusEncoder({ bitrateKbps: 64, sampleRateHz: 48000, samplesPerFrame: 960 });
    expect(() => encoder.encode(new Int16Array(480))).toThrow(
      'OpusEncoder.encode: expected 960 samples, got 480',
    );
  });

  it('refuses parameters that Opus does not know', () => {
    expect(() => new OpusEncoder({ bitrateKbps: 64, sampleRateHz: 44100, samplesPerFrame: 882 })).toThrow(
      /44100/,
    );
  });
});

describe('an Opus decoder', () => {
  it('conceals one lost frame of 20 ms without a hole', () => {
    const encoder = new OpusEncoder({ bitrateKbps: 64, sampleRateHz: 48000, samplesPerFrame: 960 });
    const decoder = new OpusDecoder();
    for (let frame = 0; frame < 10; frame += 1) decoder.decode(encoder.encode(tone(960, frame * 960)));
    const concealed = decoder.conceal();
    expect(concealed).toHaveLength(960);
    expect(rms(concealed!)).toBeGreaterThan(4000);
  });

  it('has nothing to invent before the first packet', () => {
    expect(new OpusDecoder().conceal()).toBeUndefined();
  });

  it('says so when a packet is empty or oversized', () => {
    expect(() => new OpusDecoder().decode(Buffer.alloc(0))).toThrow(CorruptOpusError);
    expect(() => new OpusDecoder().decode(Buffer.alloc(100_000))).toThrow(CorruptOpusError);
  });

  it('survives any bytes: they decode or throw CorruptOpusError', () => {
    const decoder = new OpusDecoder();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          expect(decoder.decode(Buffer.from(bytes)).length).toBeLessThanOrEqual(5760);
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptOpusError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
