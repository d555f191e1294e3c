import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import { workOf } from './groups.ts';
import { parseShard, ShardError, shardOf } from './split.ts';

const ids = catalogue.map(({ id }) => id);
const split = (from: readonly string[], count: number) =>
  Array.from({ length: count }, (_, i) => shardOf(from, { index: i + 1, count }));

describe('shardOf', () => {
  it.each([1, 2, 3, 4, 7])('gives each clause to one of %d shards', (count) => {
    const shards = split(ids, count);
    expect(shards.flat().toSorted()).toEqual(ids.toSorted());
    for (const shard of shards) expect(shard.length).toBeGreaterThan(0);
  });

  it('lets ids decide, not their order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids, { minLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (some, count) => {
          const inOrder = ids.filter((id) => some.includes(id));
          const sorted = (shards: string[][]) => shards.map((shard) => shard.toSorted());
          expect(sorted(split(some, count))).toEqual(sorted(split(inOrder, count)));
        },
      ),
    );
  });

  it('keeps the order it was given', () => {
    for (const shard of split(ids, 3)) expect(shard).toEqual(ids.filter((id) => shard.includes(id)));
  });

  it('tears no work apart', () => {
    const owner = new Map<string, number>();
    for (const [shard, some] of split(ids, 4).entries()) {
      for (const id of some) {
        const { key } = workOf(id);
        expect(owner.get(key) ?? shard).toBe(shard);
        owner.set(key, shard);
      }
    }
  });

  it('gives shards about the same to do', () => {
    const seconds = split(ids, 3).map((some) =>
      [...new Map(some.map((id) => [workOf(id).key, workOf(id).seconds])).values()].reduce(
        (a, b) => a + b,
        0,
      ),
    );
    expect(Math.max(...seconds) - Math.min(...seconds)).toBeLessThanOrEqual(5);
  });

  it('refuses more shards than there is work for', () => {
    const some = ['audio.delay', 'audio.gaps', 'audio.join.heard'];
    expect(split(some, 2)).toEqual([['audio.gaps', 'audio.join.heard'], ['audio.delay']]);
    expect(() => shardOf(some, { index: 1, count: 3 })).toThrow(ShardError);
    expect(() => shardOf(some, { index: 1, count: 3 })).toThrow('work for 2 shards at most');
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
