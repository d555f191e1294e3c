import type { Shard } from '../shard/split.ts';

/** More bots in one process would be late, and sound as a poor network does. */
const maxBots = 64;

/** So many bots cannot be run; the message is a sentence. */
export class BotCountError extends Error {
  override readonly name = 'BotCountError';
}

/**
 * The numbers, from 0, of the bots that one process runs: all, or its share of them. Shares differ by one bot at most,
 * and no two have a bot in common, so that names and signatures are as different as in one process.
 * @param count bots of all processes together
 * @throws BotCountError where there are more processes than bots, or too many bots for one process
 */
export function botsOfShard(count: number, { index, count: processes }: Shard): number[] {
  const from = Math.floor(((index - 1) * count) / processes);
  const until = Math.floor((index * count) / processes);
  if (count < processes) {
    throw new BotCountError(
      `--shard ${index}/${processes} wants at least ${processes} bots, and --count is ${count}`,
    );
  }
  if (Math.ceil(count / processes) > maxBots) {
    const needed = Math.ceil(count / maxBots);
    throw new BotCountError(
      `a process runs at most ${maxBots} bots; for ${count}, use --shard 1/${needed} and the others`,
    );
  }
  return Array.from({ length: until - from }, (_, place) => from + place);
}
