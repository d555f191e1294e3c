import { seededRandom } from '../../media/seeded-random.ts';

/** One seed of several things, so that each flow of each rule has numbers of its own. */
export function seedOf(...parts: readonly (string | number)[]): number {
  // FNV-1a over the JSON text, which keeps `a`, `bc` and `ab`, `c` apart.
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify(parts)) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  return spread(hash);
}

/**
 * The numbers, from 0 to below 1, that belong to one packet or call of a flow. They depend on the flow's seed and the
 * index alone: not on what else happens, nor on the order in which things come.
 */
export function drawsAt(seed: number, index: number): () => number {
  return seededRandom(spread(seed ^ Math.imul(index + 1, 0x9e3779b1)));
}

/** The finaliser of MurmurHash3: neighbours come out far apart. */
function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
