import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PacketFault } from '../types.ts';
import { isTouched, packetFates, untouched } from './packet-fate.ts';

const places = (count: number) => Array.from({ length: count }, (_, index) => ({ index, attempt: 0 }));

function lossRate(fault: PacketFault, seed: number, count = 20_000): number {
  const fateOf = packetFates(fault, seed);
  return places(count).filter((place) => fateOf(place).lost).length / count;
}

describe('packetFates', () => {
  it('leaves packets alone where nothing is asked for', () => {
    expect(places(100).map(packetFates({}, 1))).toEqual(places(100).map(() => untouched));
    expect(isTouched(untouched)).toBe(false);
  });

  it('loses as many as asked in the long run, by any seed', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(probability, fc.integer(), (lose, seed) => {
        // Five standard deviations.
        const tolerance = 5 * Math.sqrt((lose * (1 - lose)) / 20_000) + 1e-4;
        expect(Math.abs(lossRate({ lose }, seed) - lose)).toBeLessThan(tolerance);
      }),
      { numRuns: 40 },
    );
  });

  it('loses in bursts as the model says: rate and length', () => {
    const model = { toBad: 0.02, toGood: 0.25 };
    const fateOf = packetFates({ lose: model }, 7);
    const lost = places(50_000).map((place) => fateOf(place).lost);
    const count = lost.filter(Boolean).length;
    const bursts = lost.filter((one, i) => one && lost[i - 1] !== true).length;
    expect(count / lost.length).toBeCloseTo(0.02 / 0.27, 1);
    expect(count / bursts).toBeGreaterThan(3.6);
    expect(count / bursts).toBeLessThan(4.4);
  });

  it('loses in the good state and saves in the bad one as asked', () => {
    const never = { toBad: 0.5, toGood: 0.5, lossInBad: 0 };
    expect(lossRate({ lose: never }, 1)).toBe(0);
    expect(lossRate({ lose: { ...never, lossInGood: 1 } }, 1)).toBeCloseTo(0.5, 1);
  });

  it('decides the same whatever the order of packets', () => {
    const fault: PacketFault = {
      lose: { toBad: 0.1, toGood: 0.4 },
      duplicate: 0.1,
      reorder: 0.2,
      delayMs: 5,
      jitterMs: 10,
    };
    const inOrder = places(300).map(packetFates(fault, 3));
    const order = fc.shuffledSubarray(places(300), { minLength: 300 });
    fc.assert(
      fc.property(order, (shuffled) => {
        const fateOf = packetFates(fault, 3);
        for (const place of shuffled) expect(fateOf(place)).toEqual(inOrder[place.index]);
      }),
      { numRuns: 20 },
    );
  });

  it('loses the same packets whatever else is asked for', () => {
    const alone = places(500).map((place) => packetFates({ lose: 0.2 }, 5)(place).lost);
    const more: PacketFault = { lose: 0.2, duplicate: 0.5, reorder: 0.5, jitterMs: 100 };
    expect(places(500).map((place) => packetFates(more, 5)(place).lost)).toEqual(alone);
  });

  it('gives a packet that is sent again another chance', () => {
    const fateOf = packetFates({ lose: 0.5 }, 9);
    const lostFirst = places(1000).filter((place) => fateOf(place).lost);
    const lostAgain = lostFirst.filter(({ index }) => fateOf({ index, attempt: 1 }).lost);
    expect(lostAgain.length / lostFirst.length).toBeGreaterThan(0.4);
    expect(lostAgain.length / lostFirst.length).toBeLessThan(0.6);
  });

  it('delays within the bounds', () => {
    const fateOf = packetFates({ delayMs: 20, jitterMs: 10 }, 1);
    const delays = places(1000).map((place) => fateOf(place).delayMs);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...delays)).toBeLessThan(30);
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(9);
  });
});
