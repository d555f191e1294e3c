import { plural } from '../reporters/text.ts';
import type { Clause } from '../run/clause.ts';
import { type Work, workOf } from './work.ts';

/** A part of a run: the work of one of several machines. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** A run cannot be split so; the message is a sentence. */
export class ShardError extends Error {
  override readonly name = 'ShardError';
}

const maxShards = 1000;

/**
 * Reads `2/3`, the second of three.
 * @throws RangeError where it is no such thing
 */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && count !== undefined && index >= 1 && index <= count && count <= maxShards) {
    return { index, count };
  }
  throw new RangeError(`A shard is its number and how many there are, as in 2/3; at most ${maxShards}.`);
}

/**
 * The clauses of one shard, in the order they were given. Clauses that look at one scenario stay together, and such
 * work goes to the shard that has least to do so far, the longest first. Ids and scenarios alone decide, not their
 * order: every machine comes to the same split.
 * @throws ShardError where there are more shards than pieces of work
 */
export async function clausesOfShard(clauses: readonly Clause[], shard: Shard): Promise<Clause[]> {
  const works = await Promise.all(clauses.map((clause) => workOf(clause)));
  const owners = ownersOf(works, shard);
  return clauses.filter((_clause, place) => owners.get(works[place]!.key) === shard.index);
}

/** Which shard does which work. */
function ownersOf(works: readonly Work[], { index, count }: Shard): Map<string, number> {
  const pieces = new Map(works.map(({ key, seconds }) => [key, seconds]));
  if (count > pieces.size) {
    throw new ShardError(
      `there is work for ${plural(pieces.size, 'shard')} at most, since clauses that share a room stay together; --shard ${index}/${count} wants ${count}`,
    );
  }
  const longestFirst = [...pieces].sort(
    ([key, seconds], [otherKey, otherSeconds]) => otherSeconds - seconds || (key < otherKey ? -1 : 1),
  );
  const loads = Array.from({ length: count }, () => 0);
  const owners = new Map<string, number>();
  for (const [key, seconds] of longestFirst) {
    const lightest = loads.indexOf(Math.min(...loads));
    loads[lightest]! += seconds;
    owners.set(key, lightest + 1);
  }
  return owners;
}
