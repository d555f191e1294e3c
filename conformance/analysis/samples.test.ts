import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplitudeToDb, dbToAmplitude, powerToDb } from './decibels.ts';
import { concatSamples, floatFromBuffer, floatFromInt16, int16FromFloat } from './samples.ts';

describe('samples', () => {
  it('come back from -1..1 as they were', () => {
    fc.assert(
      fc.property(fc.int16Array(), (pcm) => {
        expect(int16FromFloat(floatFromInt16(pcm))).toEqual(Int16Array.from(pcm));
      }),
    );
  });

  it('come from little-endian bytes, without an odd last one', () => {
    expect(floatFromBuffer(Uint8Array.of(0x00, 0x80, 0x00, 0x40, 0x7f))).toEqual(Float32Array.of(-1, 0.5));
  });

  it('above full scale are limited, never wrapped', () => {
    expect(int16FromFloat(Float32Array.of(1, 1.5, -1, -7))).toEqual(
      Int16Array.of(32767, 32767, -32768, -32768),
    );
  });

  it('are read from bytes wherever these begin, without an odd last one', () => {
    expect(floatFromBuffer(Buffer.from([9, 0, 64, 0, 192, 1]).subarray(1))).toEqual(
      Float32Array.of(0.5, -0.5),
    );
  });

  it('are joined in order', () => {
    expect(concatSamples([Float32Array.of(1), new Float32Array(0), Float32Array.of(2)])).toEqual(
      Float32Array.of(1, 2),
    );
  });
});

describe('decibels', () => {
  it('go both ways', () => {
    expect(amplitudeToDb(-0.5)).toBeCloseTo(-6.02, 2);
    expect(powerToDb(0.5)).toBeCloseTo(-3.01, 2);
    expect(amplitudeToDb(dbToAmplitude(-40))).toBeCloseTo(-40, 9);
  });

  it('go down to -120', () => {
    expect(amplitudeToDb(1.1e-6)).toBeCloseTo(-119.2, 1);
    expect(powerToDb(1.2e-12)).toBeCloseTo(-119.2, 1);
    expect(amplitudeToDb(1e-7)).toBe(-120);
    expect(powerToDb(1e-14)).toBe(-120);
  });

  it('end where nothing is left', () => {
    expect(amplitudeToDb(0)).toBe(-120);
    expect(powerToDb(0)).toBe(-120);
  });
});
