import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import type { Clause } from '../run/clause.ts';
import { clausesOfShard, parseShard, ShardError } from './split.ts';
import { workOf } from './work.ts';

const ids = (clauses: readonly Clause[]) => clauses.map(({ id }) => id);
const split = (from: readonly Clause[], count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => clausesOfShard(from, { index: i + 1, count })));
const only = (...wanted: string[]) => catalogue.filter(({ id }) => wanted.includes(id));

describe('clausesOfShard', () => {
  it.each([1, 2, 3, 4, 7])('gives each clause to one of %d shards', async (count) => {
    const shards = await split(catalogue, count);
    expect(ids(shards.flat()).toSorted()).toEqual(ids(catalogue).toSorted());
    for (const shard of shards) expect(shard.length).toBeGreaterThan(0);
  });

  it('lets ids decide, not their order', async () => {
    const inAnyOrder = fc.shuffledSubarray([...catalogue], { minLength: 60 });
    await fc.assert(
      fc.asyncProperty(inAnyOrder, fc.integer({ min: 1, max: 4 }), async (some, count) => {
        const inOrder = catalogue.filter((clause) => some.includes(clause));
        const sorted = (shards: Clause[][]) => shards.map((shard) => ids(shard).toSorted());
        expect(sorted(await split(some, count))).toEqual(sorted(await split(inOrder, count)));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the order it was given', async () => {
    for (const shard of await split(catalogue, 3)) {
      expect(shard).toEqual(catalogue.filter((clause) => shard.includes(clause)));
    }
  });

  it('tears no work apart', async () => {
    const owner = new Map<string, number>();
    for (const [shard, some] of (await split(catalogue, 4)).entries()) {
      for (const clause of some) {
        const { key } = await workOf(clause);
        expect(owner.get(key) ?? shard).toBe(shard);
        owner.set(key, shard);
      }
    }
  });

  it('gives shards about the same to do', async () => {
    const seconds = (await split(catalogue, 3)).map(async (some) => {
      const works = await Promise.all(some.map((clause) => workOf(clause)));
      return [...new Map(works.map((work) => [work.key, work.seconds])).values()].reduce((a, b) => a + b, 0);
    });
    const all = await Promise.all(seconds);
    expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(5);
  });

  it('refuses more shards than there is work for', async () => {
    const some = only('audio.delay', 'audio.gaps', 'audio.join.heard');
    const shards = await split(some, 2);
    expect(shards.map((shard) => ids(shard).toSorted())).toEqual([
      ['audio.gaps', 'audio.join.heard'],
      ['audio.delay'],
    ]);
    await expect(clausesOfShard(some, { index: 1, count: 3 })).rejects.toThrow(ShardError);
    await expect(clausesOfShard(some, { index: 1, count: 3 })).rejects.toThrow('work for 2 shards at most');
  });
});

describe('parseShard', () => {
  it('reads a number of a number', () => {
    expect(parseShard('2/3')).toEqual({ index: 2, count: 3 });
  });

  it.each(['', '2', '0/3', '4/3', '-1/3', '1/0', '1.5/3', '1/3/5', ' 1/3', '1/1001', '1/99999999999'])(
    'refuses %j',
    (text) => {
      expect(() => parseShard(text)).toThrow(RangeError);
    },
  );
});
