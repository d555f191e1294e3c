import { describe, expect, it } from 'vitest';
import { botClip } from '../bots/bot-clip.ts';
import { BotCountError, botsOfShard } from './share.ts';

describe('botClip', () => {
  it.each(['painted', 'samples', undefined] as const)(
    'begins anew after the last signature: %s',
    async (picture) => {
      const { clip } = await botClip(9999, { sound: 'tones', levelDbfs: -20, picture });
      expect(clip.packets.length).toBeGreaterThan(0);
      expect(clip.video === undefined).toBe(picture === undefined);
    },
  );
});

describe('botsOfShard', () => {
  it('gives all to the only process', () => {
    expect(botsOfShard(3, { index: 1, count: 1 })).toEqual([0, 1, 2]);
  });

  it.each([
    [10, 3],
    [3, 3],
    [200, 7],
    [64, 1],
  ])(
    'gives each of %d bots to one of %d processes, and none of them more than one more',
    (count, processes) => {
      const shares = Array.from({ length: processes }, (_, i) =>
        botsOfShard(count, { index: i + 1, count: processes }),
      );
      expect(shares.flat()).toEqual(Array.from({ length: count }, (_, bot) => bot));
      const sizes = shares.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    },
  );

  it('refuses what cannot be shared, and says what can', () => {
    expect(() => botsOfShard(2, { index: 1, count: 3 })).toThrow(BotCountError);
    expect(() => botsOfShard(2, { index: 1, count: 3 })).toThrow('--shard 1/3 wants at least 3 bots');
    expect(() => botsOfShard(65, { index: 1, count: 1 })).toThrow('at most 64 bots; for 65, use --shard 1/2');
  });
});
