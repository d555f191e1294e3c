import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImpairedLine, type Impairments } from './impairments.ts';

function pass(impairments: Impairments, count: number): number[] {
  const out: number[] = [];
  const line = new ImpairedLine<number>(impairments, (thing) => out.push(thing));
  for (let i = 0; i < count; i += 1) line.push(i);
  return out;
}

describe('ImpairedLine', () => {
  it('passes everything on in order when nothing is asked for', () => {
    expect(pass({}, 5)).toEqual([0, 1, 2, 3, 4]);
  });

  it('drops about as much as asked, the same for the same seed', () => {
    const kept = pass({ dropProbability: 0.3, seed: 7 }, 2000);
    expect(kept.length).toBeGreaterThan(1300);
    expect(kept.length).toBeLessThan(1500);
    expect(pass({ dropProbability: 0.3, seed: 7 }, 2000)).toEqual(kept);
    expect(pass({ dropProbability: 0.3, seed: 8 }, 2000)).not.toEqual(kept);
  });

  it('duplicates', () => {
    expect(pass({ duplicateProbability: 1 }, 3)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('lets the successor overtake', () => {
    expect(pass({ reorderProbability: 1 }, 5)).toEqual([1, 0, 3, 2]);
  });

  it('drops the same things whatever else is asked for', () => {
    const dropped = pass({ dropProbability: 0.2 }, 500);
    const both = pass({ dropProbability: 0.2, duplicateProbability: 0.2 }, 500);
    expect([...new Set(both)]).toEqual(dropped);
  });

  it('never invents anything', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        probability,
        probability,
        fc.integer(),
        (duplicateProbability, reorderProbability, seed) => {
          const out = pass({ duplicateProbability, reorderProbability, seed }, 50);
          const seen = new Set(out);
          expect(Math.max(...seen)).toBeLessThan(50);
          // The last one may still wait for a successor.
          expect(seen.size).toBeGreaterThanOrEqual(49);
          expect(out.length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  it('holds everything back and lets it go in order', () => {
    const out: number[] = [];
    const line = new ImpairedLine<number>({}, (thing) => out.push(thing));
    line.push(1);
    line.hold();
    line.push(2);
    line.push(3);
    expect(out).toEqual([1]);
    line.release();
    line.push(4);
    expect(out).toEqual([1, 2, 3, 4]);
  });
});
