import { describe, expect, it } from 'vitest';
import { LevelMeter, silenceDbfs } from './level-meter.ts';

function sine(amplitude: number, samples: number): Int16Array {
  return Int16Array.from(
    { length: samples },
    (_, i) => amplitude * Math.sin((2 * Math.PI * 1000 * i) / 48000),
  );
}

describe('a level meter', () => {
  it('reads silence before the first sound, and in silence', () => {
    const meter = new LevelMeter();
    expect(meter.dbfs).toBe(silenceDbfs);
    meter.add(new Int16Array(960));
    expect(meter.dbfs).toBe(silenceDbfs);
  });

  it.each([120, 960, 2880])('reads a sine 3 dB below its peak, in blocks of %i samples', (samples) => {
    const meter = new LevelMeter();
    for (let block = 0; block < 60; block += 1) meter.add(sine(3276.8, samples));
    expect(meter.dbfs).toBeCloseTo(-23.01, 1);
  });

  it('reads 0 for a square wave at full scale', () => {
    const meter = new LevelMeter();
    meter.add(new Int16Array(4800).fill(-32768));
    expect(meter.dbfs).toBeCloseTo(0, 9);
  });

  it('forgets what is older than 100 ms', () => {
    const meter = new LevelMeter();
    for (let block = 0; block < 10; block += 1) meter.add(sine(20_000, 960));
    for (let block = 0; block < 4; block += 1) meter.add(new Int16Array(960));
    expect(meter.dbfs).toBeGreaterThan(-20);
    meter.add(new Int16Array(960));
    expect(meter.dbfs).toBe(silenceDbfs);
  });
});
