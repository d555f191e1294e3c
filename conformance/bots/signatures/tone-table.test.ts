import { describe, expect, it } from 'vitest';
import { allTonesHz, bandProbeTonesHz, botTonesHz, narrowbandBotCount } from './tone-table.ts';

/** Distance in Hz of a product, folded to positive frequencies, to the nearest tone that is not in `except`. */
function distance(productHz: number, tones: readonly number[], except: readonly number[] = []): number {
  const others = tones.filter((tone) => !except.includes(tone));
  return Math.min(...others.map((tone) => Math.abs(Math.abs(productHz) - tone)));
}

/** All ways to take `order` tones, each added or subtracted, where none is both added and subtracted. */
function* combinations(tones: readonly number[], order: number, from = 0): Generator<number[]> {
  if (order === 0) {
    yield [];
    return;
  }
  for (let i = from; i < tones.length; i++) {
    for (const rest of combinations(tones, order - 1, i)) {
      for (const sign of [1, -1]) {
        if (!rest.includes(-sign * tones[i]!)) yield [sign * tones[i]!, ...rest];
      }
    }
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
/** Products f_j + f_k - f_l, before folding. */
function thirdOrderDifferences(tones: readonly number[]): number[] {
  return [...combinations(tones, 3)]
    .filter((terms) => sum(terms.map(Math.sign)) === 1)
    .map((terms) => sum(terms));
}

describe('the tone table', () => {
  it('has tones for twelve bots, eight of which a narrowband room carries', () => {
    expect(new Set(botTonesHz).size).toBe(12);
    for (const tone of botTonesHz.slice(0, narrowbandBotCount)) expect(tone).toBeLessThan(3600);
  });

  it('has whole numbers of Hz at least 130 Hz apart', () => {
    const sorted = [...allTonesHz].sort((a, b) => a - b);
    for (const [i, tone] of sorted.entries()) {
      expect(Number.isInteger(tone)).toBe(true);
      if (i > 0) expect(tone - sorted[i - 1]!).toBeGreaterThanOrEqual(130);
    }
  });

  it('has no tone within 25 Hz of f_j + f_k - f_l, 2f or 3f', () => {
    for (const productHz of thirdOrderDifferences(allTonesHz)) {
      expect(distance(productHz, allTonesHz), `${productHz}`).toBeGreaterThanOrEqual(productHz > 0 ? 25 : 12);
    }
    for (const tone of allTonesHz) {
      expect(distance(2 * tone, allTonesHz)).toBeGreaterThanOrEqual(25);
      expect(distance(3 * tone, allTonesHz)).toBeGreaterThanOrEqual(25);
    }
  });

  it('has no tone within 12 Hz of a sum of three, or within 3 Hz of a sum or difference of two', () => {
    for (const terms of combinations(allTonesHz, 3)) {
      expect(distance(sum(terms), allTonesHz), `${terms}`).toBeGreaterThanOrEqual(12);
    }
    for (const terms of combinations(allTonesHz, 2)) {
      expect(distance(sum(terms), allTonesHz), `${terms}`).toBeGreaterThanOrEqual(3);
    }
  });

  it('keeps the first six at least 300 Hz apart', () => {
    for (const tone of botTonesHz.slice(0, 6)) {
      const nearest = distance(tone, botTonesHz.slice(0, 6), [tone]);
      expect(nearest).toBeGreaterThanOrEqual(300);
    }
  });

  it('has no fifth-order product of the first six within 12 Hz of another of them', () => {
    const tones = botTonesHz.slice(0, 6);
    for (const terms of combinations(tones, 5)) {
      expect(distance(sum(terms), tones, terms.map(Math.abs)), `${terms}`).toBeGreaterThanOrEqual(12);
    }
  });

  it('has one probe tone between the limits of each Opus bandwidth', () => {
    const limitsHz = [0, 4000, 6000, 8000, 12000, 20000];
    for (const [i, tone] of bandProbeTonesHz.entries()) {
      expect(tone).toBeGreaterThan(limitsHz[i]!);
      expect(tone).toBeLessThan(limitsHz[i + 1]! * 0.96);
    }
  });

  it('would turn away the tone set that only looks uneven', () => {
    const uneven = [311, 457, 691, 1013, 1511, 2203, 3109];
    const nearest = thirdOrderDifferences(uneven).map((productHz) => distance(productHz, uneven));
    expect(Math.min(...nearest)).toBeLessThan(25);
  });
});
