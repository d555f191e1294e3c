import { describe, expect, it } from 'vitest';
import { toMeasurement } from './measurement.ts';

/** Ten seconds in which four members got what they should: 50 packets/s of 160 bytes. */
const good = { cpuSeconds: 0.2, seconds: 10, packets: [500, 501, 499, 500], bytes: 2000 * 160 };

describe('a measured stretch', () => {
  it('gives CPU seconds for one participant and one second', () => {
    const measured = toMeasurement(good);
    expect(measured.cpuPerParticipantSecond).toBeCloseTo(0.005);
    expect(measured.receivedKbps).toBeCloseTo(64);
    expect(measured.packetsPerSecond).toEqual({ least: 49.9, most: 50.1 });
    expect(measured.problem).toBeUndefined();
  });

  it('may have some packets come late at its edges', () => {
    expect(toMeasurement({ ...good, packets: [491, 491, 491, 509] }).problem).toBeUndefined();
    expect(toMeasurement({ ...good, packets: [500, 500, 500, 488] }).problem).toBeDefined();
  });

  it('is invalid where one listener did not get its track', () => {
    const { problem } = toMeasurement({ ...good, packets: [500, 500, 500, 120] });
    expect(problem).toBe('listeners got 12.0 to 50.0 packets/s instead of 50');
  });

  it('is invalid where one listener got a track twice', () => {
    expect(toMeasurement({ ...good, packets: [500, 1000, 500, 500] }).problem).toMatch(/100\.0 packets/);
  });

  it('is invalid where silence was mixed', () => {
    expect(toMeasurement({ ...good, bytes: 2000 * 3 }).problem).toMatch(/only 1\.2 kbit\/s/);
  });

  it('is invalid where nobody got anything', () => {
    expect(toMeasurement({ ...good, packets: [0, 0], bytes: 0 }).problem).toBeDefined();
  });
});
